/** Starts and removes runs until it is killed: `node start-until-killed.ts <name of its runs> <variant> [image to pull]`. */
import { setTimeout as delay } from 'node:timers/promises'
import { BerthError, type ContainerSpec } from '@berth/core'
import { type DockerCapabilities, docker } from '@berth/docker'
import { createEngineClient } from '@berth/docker/engine'

const [name = '', variant = '', imageToPull = ''] = process.argv.slice(2)
const nginx = process.env.LAB_IMAGE_NGINX ?? ''
const busybox = process.env.LAB_IMAGE_BUSYBOX ?? ''

const single = { name, image: nginx, ports: [80] } as const
const mounts = [{ volume: 'data', path: '/data' }] as const
const group = {
  ...single,
  files: { '/etc/app.conf': 'a file' },
  volumes: { data: { kind: 'empty' } },
  mounts,
  initContainers: { first: { image: busybox, command: ['touch', '/data/prepared'], mounts } },
  sidecars: { beside: { image: busybox, command: ['sleep', '300'] } },
} as const satisfies ContainerSpec<DockerCapabilities>

interface Variant {
  readonly spec: ContainerSpec<DockerCapabilities>
  readonly lease?: '1s'
  /** How long each run is kept. */
  readonly keptInMs?: number
}
const variants: Readonly<Record<string, Variant>> = {
  single: { spec: single },
  group: { spec: group },
  pulling: { spec: { name, image: imageToPull } },
  leased: { spec: { ...single, lifetime: { lease: '3s' } } },
  renewing: { spec: single, lease: '1s', keptInMs: 1_500 },
  removing: { spec: group },
}
const chosen = variants[variant]
if (chosen === undefined) throw new Error(`no variant ${variant}`)
const { spec, lease = '3s', keptInMs = 0 } = chosen
const engine = createEngineClient()
const provider = docker({ engine, lease })

// What a first start loads, which takes seconds from source on a busy machine, is loaded before the moments count.
await Array.fromAsync(provider.list())
const first = variant === 'removing' ? await start() : undefined
console.log('begin')
await first?.remove()
for (;;) {
  const run = await start()
  await delay(keptInMs)
  await run?.remove()
  if (variant === 'pulling') await engine.images.remove(imageToPull, { force: true })
}

/** A started run; undefined for an image to pull: it holds no program, so that its start ends where its pull has. */
async function start() {
  try {
    const run = await provider.run(spec)
    await run.ready()
    return run
  } catch (error) {
    if (variant === 'pulling' && BerthError.isInstance(error) && error.code === 'start-failed')
      return undefined
    throw error
  }
}
