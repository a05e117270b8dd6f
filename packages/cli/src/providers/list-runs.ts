import type { AnyProvider, ContainerRun } from '@berth/core'
import { startError } from '../output/error-json.ts'
import type { OpenProvider } from './open-provider.ts'

/** A run and the provider that it was found on. */
export interface LocatedRun {
  readonly on: OpenProvider
  readonly run: ContainerRun<AnyProvider['capabilities']>
}

/** A provider that could not be asked, and why in one line. */
export interface Unreachable {
  readonly provider: string
  readonly code: string
  readonly error: string
}

/** Every run of ours on several providers, and those of them that could not be asked. */
export async function listRuns(
  providers: readonly OpenProvider[],
  signal: AbortSignal,
): Promise<{ readonly runs: readonly LocatedRun[]; readonly unreachable: readonly Unreachable[] }> {
  const runs: LocatedRun[] = []
  const unreachable: Unreachable[] = []
  await Promise.all(
    providers.map(async (on) => {
      try {
        for await (const run of on.provider.list({ signal })) runs.push({ on, run })
      } catch (error) {
        signal.throwIfAborted()
        unreachable.push(describeUnreachable(on, error))
      }
    }),
  )
  runs.sort((a, b) => b.run.createdAt.getTime() - a.run.createdAt.getTime())
  return { runs, unreachable }
}

/** Why a provider could not be asked, for a note beside what the others said. */
export function describeUnreachable(on: OpenProvider, error: unknown): Unreachable {
  const { code, message } = startError(error)
  return { provider: on.name, code, error: message.split('\n', 1)[0] ?? message }
}
