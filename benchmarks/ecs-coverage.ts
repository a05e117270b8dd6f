// Whether the timeline tells the truth of a cloud whose stamps come from several clocks, all of them wrong: starts on emulated ECS, real containers,
// each mark's interval against what the container itself logged.
import { ecs } from '@berth/ecs'
import { coverCloud } from './coverage/cover-cloud.ts'

const SHOWN = ['provisioning', 'pending', 'running'] as const
const ACTIVATING = ['pulls', 'after-pull', 'absent'] as const

await coverCloud({
  service: 'ecs',
  title: 'ECS',
  settings: (random) => ({
    dialects: {
      ecs: {
        interfaceShown: SHOWN[Math.floor(random() * 3)] ?? 'pending',
        activating: ACTIVATING[Math.floor(random() * 3)] ?? 'pulls',
        addressAfterInMs: random() < 0.5 ? 0 : 5_000,
      },
    },
    limits: { ecs: { vCpus: 10_000 } },
  }),
  createProvider: () => ecs(),
  specOf: (image, command) => ({ image, command, ports: [80] }),
})
