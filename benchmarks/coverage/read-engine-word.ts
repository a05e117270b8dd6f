import type { EngineSocket } from '../harness/engine-socket.ts'
import type { EngineWord } from './check-start.ts'

/**
 * What the engine noted of one container, and of the pull of its image.
 *
 * @param image the image that was pulled; undefined where none was
 * @param sinceInMs wall time before the start
 */
export async function readEngineWord(
  engine: EngineSocket,
  containerId: string,
  image: string | undefined,
  sinceInMs: number,
): Promise<EngineWord> {
  const { Id } = await engine.json<{ Id: string }>('GET', `/containers/${containerId}/json`)
  return {
    created: await eventTime(engine, { type: ['container'], container: [Id], event: ['create'] }, sinceInMs),
    pullEnded:
      image === undefined
        ? undefined
        : await eventTime(engine, { type: ['image'], image: [image], event: ['pull'] }, sinceInMs),
  }
}

async function eventTime(
  engine: EngineSocket,
  filters: Readonly<Record<string, readonly string[]>>,
  sinceInMs: number,
): Promise<number | undefined> {
  const since = (sinceInMs / 1_000).toFixed(3)
  const until = (Date.now() / 1_000).toFixed(3)
  const query = `since=${since}&until=${until}&filters=${encodeURIComponent(JSON.stringify(filters))}`
  const { text } = await engine.send('GET', `/events?${query}`)
  const nanos = /"timeNano":(\d+)/.exec(text)?.[1]
  return nanos === undefined ? undefined : Number(BigInt(nanos) / 1_000n)
}
