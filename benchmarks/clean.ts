// Removes every container and image that the benchmarks ever left on this engine, those of a killed run included.
import { EngineSocket } from './harness/engine-socket.ts'
import { BENCHMARK_LABEL, removeLabelled } from './harness/owned-containers.ts'

const engine = new EngineSocket()
const containers = await removeLabelled(engine, BENCHMARK_LABEL)
const filters = encodeURIComponent(JSON.stringify({ label: [BENCHMARK_LABEL] }))
const images = await engine.json<{ RepoTags: string[] | null }[]>('GET', `/images/json?filters=${filters}`)
const tags = images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((tag) => tag !== '<none>:<none>')
for (const tag of tags) await engine.send('DELETE', `/images/${tag}?force=1`)
console.log(`removed ${containers} containers and ${tags.length} images`)
engine.close()
