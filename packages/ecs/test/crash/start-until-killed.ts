/** Starts and removes runs until it is killed: `node start-until-killed.ts <variant>`, with the emulator's variables in its environment. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ContainerSpec, Duration } from '@berth/core'
import { type EcsCapabilities, ecs } from '@berth/ecs'

const [variant = ''] = process.argv.slice(2)
const single = { name: 'crash', image: 'berth/hello', ports: [80] } as const
const group = {
  ...single,
  volumes: { data: { kind: 'empty' } },
  mounts: [{ volume: 'data', path: '/data' }],
  initContainers: { first: { image: 'berth/shell', command: ['sh', '-c', 'exit 0'] } },
  sidecars: { beside: { image: 'berth/shell', command: ['sleep', '300'] } },
} as const satisfies ContainerSpec<EcsCapabilities>

/** How long each run is kept, and what it is. */
const variants: Readonly<
  Record<string, { spec: ContainerSpec<EcsCapabilities>; lease?: Duration; keptInMs?: number }>
> = {
  single: { spec: single },
  group: { spec: group },
  leased: { spec: { ...single, lifetime: { lease: '3s' } } },
  renewing: { spec: single, lease: '1s', keptInMs: 1_500 },
  removing: { spec: group },
}
const chosen = variants[variant]
if (chosen === undefined) throw new Error(`no variant ${variant}`)
const { spec, lease = '3s', keptInMs = 0 } = chosen
const provider = ecs({ lease })

// The SDK is loaded, so that the moments fall into starts.
await provider.check()
const first = variant === 'removing' ? await start() : undefined
console.log('begin')
await first?.remove()
for (;;) {
  const run = await start()
  await delay(keptInMs)
  await run.remove()
}

async function start() {
  const run = await provider.run(spec)
  await run.ready()
  return run
}
