/** Starts and removes runs until it is killed: `node start-until-killed.ts <name of its runs> <variant>`. */
import { setTimeout as delay } from 'node:timers/promises'
import { type ContainerSpec, secret } from '@berth/core'
import { type KubernetesCapabilities, kubernetes } from '@berth/kubernetes'

const [name = '', variant = ''] = process.argv.slice(2)
const nginx = process.env.LAB_IMAGE_NGINX ?? ''
const busybox = process.env.LAB_IMAGE_BUSYBOX ?? ''

const single = { name, image: nginx, ports: [80] } as const
const group = {
  ...single,
  env: { PASSWORD: secret('of nobody') },
  files: { '/etc/app.conf': 'a file' },
  sidecars: { beside: { image: busybox, command: ['sleep', '300'] } },
} as const
const specs: Readonly<Record<string, ContainerSpec<KubernetesCapabilities>>> = {
  single,
  group,
  // Its address never comes here: that it is made, and goes, is what counts.
  public: { ...group, expose: 'public' },
  leased: { ...single, lifetime: { lease: '3s' } },
  removing: group,
}
const spec = specs[variant]
if (spec === undefined) throw new Error(`no variant ${variant}`)
const provider = kubernetes({ lease: '3s' })
const start = async () => {
  const run = await provider.run(spec)
  if (variant !== 'public') await run.ready()
  return run
}

// What a first start loads, which takes seconds from source on a busy machine, is loaded before the moments count.
await Array.fromAsync(provider.list())
const first = variant === 'removing' ? await start() : undefined
console.log('begin')
await first?.remove()
for (;;) {
  const run = await start()
  await delay(200)
  await run.remove()
}
