import { expect, it } from 'vitest'
import { plan } from '../../test/spec/problems-of.ts'
import { refuses } from '../../test/spec/refuses.ts'
import { engineData } from '../../test/types/invented-clouds.ts'

refuses('ports that are none', [
  [{ ports: 80 }, 'ports', '80 is no list; write an array of port numbers'],
  [{ ports: [0] }, 'ports[0]', '0 is no port; write a whole number, 1 to 65535; the nearest is 1'],
  [
    { ports: [80, 70_000] },
    'ports[1]',
    '70000 is no port; write a whole number, 1 to 65535; the nearest is 65535',
  ],
  [{ ports: [80.5] }, 'ports[0]', '80.5 is no port; write a whole number, 1 to 65535; the nearest is 81'],
  [{ ports: ['80'] }, 'ports[0]', "'80' is no port; write a whole number, 1 to 65535; the nearest is 80"],
  [{ ports: ['8080:80'] }, 'ports[0]', "'8080:80' is no port; write a whole number, 1 to 65535"],
  [{ ports: [null] }, 'ports[0]', 'null is no port; write a whole number, 1 to 65535'],
  [{ ports: [{}] }, 'ports[0].port', 'undefined is no port; write a whole number, 1 to 65535'],
  [
    { ports: [{ port: 80, protocol: 'TCP' }] },
    'ports[0].protocol',
    "'TCP' is none of 'tcp', 'udp'; did you mean 'tcp'?",
  ],
  [
    { ports: [{ port: 80, publish: 0 }] },
    'ports[0].publish',
    '0 is no port; write a whole number, 1 to 65535; the nearest is 1',
  ],
])

refuses('ports that two would fight for', [
  [{ ports: [80, 81, { port: 80 }] }, 'ports[2]', '80/tcp is declared twice; remove one'],
  [
    { ports: [80], sidecars: { proxy: { image: 'a', ports: [80] } } },
    'sidecars.proxy.ports',
    "80/tcp is also a port of container 'main', and both share one network; let one listen on another port",
  ],
  [
    {
      ports: [{ port: 80, publish: 8_080 }],
      sidecars: { proxy: { image: 'a', ports: [{ port: 81, publish: 8_080 }] } },
    },
    'sidecars.proxy.ports',
    "publishes 8080/tcp, which container 'main' publishes too; choose another or leave publish out",
  ],
])

it('takes the same number for tcp and udp, and in containers with networks of their own', async () => {
  await expect(plan({ image: 'a', ports: [53, { port: 53, protocol: 'udp' }] })).resolves.toBeDefined()
  await expect(
    plan(
      { image: 'a', ports: [80], sidecars: { b: { image: 'b', ports: [80] } } },
      { ...engineData, groupNetwork: 'none' },
    ),
  ).resolves.toBeDefined()
})
