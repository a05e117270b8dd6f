// A program that forgets to remove its run: nothing may be left when it has nothing more to do.
import { MemoryCloud, memory } from './memory-cloud.ts'

const cloud = new MemoryCloud()
const run = await memory({ cloud }).run({ image: 'nginx' })
await run.ready()
const running = cloud.groups.size
process.disconnect?.()
process.on('exit', () => {
  process.stdout.write(`${running} running, then ${cloud.groups.size}\n`)
})
