import { setTimeout as delay } from 'node:timers/promises'
import type { Capabilities, ContainerSpec, Duration, Provider } from '@berth/core'

/** What a program that is killed starts again and again. */
export interface KilledVariant<C extends Capabilities> {
  readonly spec: ContainerSpec<C>
  /** Default 3 s. */
  readonly lease?: Duration
  /** How long each run is kept. Default: not at all. */
  readonly keptInMs?: number
}

/**
 * Starts and removes runs of the variant that the last word of the command line names, until it is killed. `removing` begins with a removal.
 *
 * @param connect a provider of leases of that length, which has loaded and asked what it needs: so the moments fall into starts
 */
export async function startUntilKilled<C extends Capabilities>(
  variants: Readonly<Record<string, KilledVariant<C>>>,
  connect: (lease: Duration) => Promise<Provider<C>>,
): Promise<never> {
  const variant = process.argv.at(-1) ?? ''
  const chosen = variants[variant]
  if (chosen === undefined) throw new Error(`no variant ${variant}`)
  const { spec, lease = '3s', keptInMs = 0 } = chosen
  const provider = await connect(lease)
  const start = async () => {
    const run = await provider.run(spec)
    await run.ready()
    return run
  }
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
}
