// A start on AWS ECS with Fargate, as the emulator plays it: no account, no bill, real containers. Without the first two lines the same code runs on
// AWS, in the region and with the credentials that AWS_REGION, AWS_PROFILE and their kin name, in the cluster `default`; `setup` makes what is missing.
import { http } from '@berth/core'
import { ecs } from '@berth/ecs'
import { startEmulator } from '@berth/emulator'

await using emulator = await startEmulator({ name: 'example', profile: 'recorded', timeScale: 10 })
Object.assign(process.env, emulator.environment)

await using fargate = ecs({ setup: true })
await using web = await fargate.run({
  image: emulator.backend.kind === 'docker' ? (process.env.BERTH_DEMO_IMAGE ?? 'nginx') : 'berth/hello',
  ports: [80],
  ready: http('/'),
})
await web.ready()
console.log(`${web.url} answered; ${web.emulated ?? 'on the real service'}`)

// A cloud that is polled tells the end of the start a moment later.
await web.refresh()
for (const { name, duration } of web.timeline.phases) console.log(name, duration / 1_000, 'ms')
console.log(`it costs $${web.cost().perHour.toFixed(6)} an hour`)
