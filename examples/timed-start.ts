// Starts a server and shows where the time went.
import { http } from '@berth/core'
import { chooseProvider } from './shared/choose-provider.ts'

const { provider, web: image } = await chooseProvider()
await using web = await provider.run({ image, ports: [80], ready: http('/') })
await web.ready()

console.log(`${web.url} answered ${((web.timeline.total ?? 0) / 1_000).toFixed(1)} ms after run()`)
for (const { name, duration, atLeast, atMost } of web.timeline.phases) {
  const [ms, least, most] = [duration, atLeast, atMost].map((inMicros) => (inMicros / 1_000).toFixed(1))
  console.log(`  ${name.padEnd(14)} ${ms?.padStart(8)} ms  (between ${least} and ${most})`)
}
