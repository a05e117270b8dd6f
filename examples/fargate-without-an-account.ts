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

// Exec needs a role for the task, which the set-up has made.
const { stdout, exitCode } = await web.exec(['sh', '-c', 'echo "hello from inside"; exit 3'])
console.log(stdout.trim(), '- exit code', exitCode)

// A cloud that is polled tells the end of the start a moment later.
await web.refresh()
for (const { name, duration } of web.timeline.phases) console.log(name, duration / 1_000, 'ms')
console.log(`it costs $${web.cost().perHour.toFixed(6)} an hour`)
