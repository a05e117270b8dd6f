import { test } from 'vitest'
import { http } from '@berth/core'
import { docker } from '../src/index.ts'
import { createEngineClient } from '../src/engine/index.ts'
test('first', async () => {
  const calls: string[] = []
  const engine = createEngineClient({ onAnswer: (a) => calls.push(`${a.method} ${a.path} ${a.status} ${(a.receivedAt-a.sentAt).toFixed(1)}`) })
  const provider = docker({ engine })
  for (let i = 0; i < 2; i++) {
    calls.length = 0
    const run = await provider.run({ image: '127.0.0.1:5000/nginx:1', ports: [80], ready: http('/') })
    console.log(run, calls.slice())
    await run.ready()
    console.log(run.url, run.state, run.timeline.total, run.timeline.phases.map(p => `${p.name} ${p.from}-${p.to} ${p.duration} [${p.atLeast},${p.atMost}] ${p.contains}`), run.timeline.marks.map(m => `${m.name} ${m.at} [${m.earliest} ${m.latest}] ${m.pinned} ${m.sources}`), run.timeline.assumptions)
    await run.remove()
    console.log(run.state, calls.slice())
  }
  await provider.close()
})
