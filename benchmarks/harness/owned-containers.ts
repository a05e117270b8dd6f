import type { EngineSocket } from './engine-socket.ts'

/** Every container and image of the benchmarks carries it; the value tells one run of one program from another. */
export const BENCHMARK_LABEL = 'dev.berth.benchmark'

/** Removes the containers with a label (`key` or `key=value`), whoever made them; tells how many there were. */
export async function removeLabelled(engine: EngineSocket, label: string): Promise<number> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }))
  const found = await engine.json<{ Id: string }[]>('GET', `/containers/json?all=1&filters=${filters}`)
  await Promise.all(found.map(({ Id }) => removeContainer(engine, Id)))
  return found.length
}

/** Succeeds where it is gone already or just going. */
export async function removeContainer(engine: EngineSocket, id: string): Promise<void> {
  await engine.send('DELETE', `/containers/${id}?force=1&v=1`).catch((error: Error) => {
    if (!/: (404|409) /.test(error.message)) throw error
  })
}
