// A start on Azure Container Instances, as the emulator plays it: no account, no bill, real containers. Without the first two lines the same
// code runs on Azure, in the resource group that `az config set defaults.group=…` or BERTH_ACI_RESOURCE_GROUP names.
import { aci } from '@berth/aci'
import { http } from '@berth/core'
import { startEmulator } from '@berth/emulator'

await using emulator = await startEmulator({ name: 'example', profile: 'recorded', timeScale: 10 })
Object.assign(process.env, emulator.environment)

await using azure = aci()
await using web = await azure.run({
  image: emulator.backend.kind === 'docker' ? (process.env.BERTH_DEMO_IMAGE ?? 'nginx') : 'berth/hello',
  ports: [80],
  ready: http('/'),
  regions: ['westeurope', 'northeurope'],
})
await web.ready()
console.log(`${web.url} answered in ${web.attempts.at(-1)?.place}; ${web.emulated ?? 'on the real service'}`)

// A cloud that is polled tells the end of the start a moment later.
await web.refresh()
for (const { name, duration } of web.timeline.phases) console.log(name, duration / 1_000, 'ms')
console.log(`it has cost $${web.cost().amount.toFixed(6)} so far`)
