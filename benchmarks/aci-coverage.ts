// Whether the timeline tells the truth of a cloud that is polled and whose clocks are wrong: starts on emulated ACI, real containers, each mark's
// interval against what the container itself logged.
import { aci } from '@berth/aci'
import { coverCloud } from './coverage/cover-cloud.ts'

const MANY = { capacity: 10_000, refillPerSecond: 1_000 }

await coverCloud({
  service: 'aci',
  title: 'ACI',
  settings: (random) => ({
    dialects: {
      aci: {
        address: random() < 0.5 ? 'accepted' : 'succeeded',
        createdEvents: random() < 0.5,
        containerTimes: random() < 0.5 ? 'seconds' : 'milliseconds',
      },
    },
    limits: { arm: { reads: MANY, writes: MANY, deletes: MANY }, aci: { coresARegion: 10_000 } },
  }),
  createProvider: () => aci(),
  specOf: (image, command) => ({ image, command, ports: [80], cpu: 0.1, memory: '100M' }),
})
