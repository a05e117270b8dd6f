/** Starts and removes runs until it is killed: `node start-until-killed.ts <state directory> <variant>`. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ContainerSpec } from '@berth/core'
import { embedded, type ProcessCapabilities } from '@berth/process'

const [directory = '', variant = ''] = process.argv.slice(2)
const hello = { image: 'berth/hello', ports: [80] } as const
const stray = { image: 'berth/shell', command: ['sh', '-c', 'setsid sleep 300 & sleep 300 & wait'] } as const
const mounts = [{ volume: 'data', path: '/data' }] as const
const group = {
  ...hello,
  files: { '/etc/app.conf': 'a file' },
  volumes: { data: { kind: 'empty' } },
  mounts,
  initContainers: {
    first: { image: 'berth/shell', command: ['sh', '-c', 'echo > "$BERTH_ROOT/data/prepared"'], mounts },
  },
  sidecars: { beside: stray },
} as const satisfies ContainerSpec<ProcessCapabilities>

/** How long each run is kept, and what it is. */
const variants: Readonly<
  Record<string, { spec: ContainerSpec<ProcessCapabilities>; lease?: '1s'; keptInMs?: number }>
> = {
  single: { spec: hello },
  group: { spec: group },
  stray: { spec: stray },
  leased: { spec: { ...hello, lifetime: { lease: '3s' } } },
  renewing: { spec: hello, lease: '1s', keptInMs: 1_500 },
  removing: { spec: group },
}
const chosen = variants[variant]
if (chosen === undefined) throw new Error(`no variant ${variant}`)
const { spec, lease = '3s', keptInMs = 0 } = chosen
const provider = embedded({ directory, lease })

// What a first start loads, which takes seconds from source on a busy machine, is loaded before the moments count.
await Array.fromAsync(provider.list())
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
