import { aci } from '@berth/aci'
import { type AnyProvider, BerthError, type Provider } from '@berth/core'
import { docker } from '@berth/docker'
import { ecs } from '@berth/ecs'
import { startEmulator } from '@berth/emulator'
import { type GkeCapabilities, gke } from '@berth/gke'
import { IMAGE, type Programs, programsForContainers, programsForProcesses } from './programs.ts'

/** Where the parts run, and what they run there. */
export interface Clouds extends AsyncDisposable {
  readonly front: Provider<GkeCapabilities>
  /** Workers take turns among them. */
  readonly workers: readonly AnyProvider[]
  readonly programs: Programs
  /** Whether these are the real clouds, in words. */
  readonly description: string
  /** The ids of runs that are still there. */
  left(): Promise<readonly string[]>
}

/** The clouds of your accounts, or the emulator's. */
export async function openClouds({
  real,
  fargate,
}: {
  readonly real: boolean
  readonly fargate: boolean
}): Promise<Clouds> {
  const emulator = real
    ? undefined
    : await startEmulator({
        services: ['aci', 'ecs', 'gke'],
        backend: (await canRunContainers()) ? 'docker' : 'process',
        name: 'multi-cloud',
        profile: 'recorded',
        timeScale: 10,
        tls: false,
      })
  if (emulator) Object.assign(process.env, emulator.environment)
  const front = gke()
  const workers = [aci(), ...(fargate ? [ecs({ setup: true })] : [])]
  const all: readonly AnyProvider[] = [front, ...workers]
  await Promise.all(all.map(checkProvider))
  return {
    front,
    workers,
    programs: emulator?.backend.kind === 'process' ? programsForProcesses() : programsForContainers(),
    description: emulator ? `emulated: ${emulator.description}` : 'on the real services',
    async left() {
      const ids: string[] = []
      for (const provider of all) for await (const run of provider.list()) ids.push(run.id)
      return ids
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((provider) => provider.close()))
      await emulator?.close()
    },
  }
}

/** Throws what is missing, with its mend. It also signs in, so that no start is timed with that. */
async function checkProvider(provider: AnyProvider): Promise<void> {
  const { items } = await provider.check()
  const wrong = items.find(({ status }) => status === 'failed')
  if (wrong) throw new Error(`${provider.name}: ${wrong.detail}${wrong.mend ? `; ${wrong.mend}` : ''}`)
}

/** Whether there is an engine on this machine, and a way from it to the image. */
async function canRunContainers(): Promise<boolean> {
  await using engine = docker()
  try {
    await using nothing = await engine.run({ image: IMAGE, command: ['true'] })
    await nothing.exited()
    return true
  } catch (error) {
    if (!BerthError.isInstance(error)) throw error
    console.log(`no containers here, so that the parts are processes: ${error.message}`)
    return false
  }
}
