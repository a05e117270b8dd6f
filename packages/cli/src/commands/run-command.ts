import type { ContainerSpec, Lifetime, RestartPolicy, Termination } from '@berth/core'
import type { ContainerFlags } from '../arguments/container-flags.ts'
import { parseDuration } from '../arguments/parse-duration.ts'
import { readSpec } from '../arguments/read-spec.ts'
import { EXIT_CODE } from '../invocation/exit-code.ts'
import { Interrupted } from '../invocation/interruption.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { runJson } from '../output/run-json.ts'
import { defaultProvider } from '../providers/default-provider.ts'
import { idOf, type OpenProvider } from '../providers/open-provider.ts'
import { followOutput } from '../start/follow-output.ts'
import { removeStarted, type Start, start } from '../start/start.ts'
import { silentView, startView } from '../start/start-view.ts'

export interface RunFlags extends ContainerFlags {
  readonly on?: string | undefined
  readonly detach?: true | undefined
  readonly lifetime?: string | undefined
  readonly lease?: string | undefined
  readonly timeout?: string | undefined
  readonly restart?: string | undefined
}

/** `berth run`: starts one container; stays with it until it ends, or leaves it running. */
export async function runCommand(
  invocation: Invocation,
  image: string,
  args: readonly string[],
  flags: RunFlags,
): Promise<number> {
  const { output, interruption, providers } = invocation
  const spec: ContainerSpec = {
    ...(await readSpec(image, args, flags)),
    lifetime: lifetimeOf(flags),
    ...(flags.restart !== undefined && { restart: flags.restart as RestartPolicy }),
  }
  const timeout = flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout')
  const on =
    flags.on === undefined
      ? await defaultProvider(providers, output, interruption.signal)
      : await providers.open(flags.on)
  const view = output.json && flags.detach ? silentView : await startView(output)
  const watcher = view.watch(on.name, image)
  // Who waits for its end wants to see its output meanwhile.
  const probe = spec.ready?.kind === 'exited' && !flags.detach ? ({ kind: 'started' } as const) : undefined
  const started = await start({ on, spec, timeout, probe, interruption, watcher })
  view.end()
  if (flags.detach) return await leave(started, on, invocation)
  try {
    return await stay(started, on, spec, invocation)
  } finally {
    await removeStarted(started, on, output)
  }
}

function lifetimeOf({ detach, lifetime, lease }: RunFlags): Lifetime {
  if (lifetime !== undefined && lease !== undefined) {
    throw new UsageError('--lifetime ends a run for sure and --lease only when nobody renews it; choose one')
  }
  if (lease !== undefined && !detach) {
    throw new UsageError('--lease is for runs that others keep alive; add --detach, or use --lifetime')
  }
  if (lease !== undefined) return { lease: parseDuration(lease, '--lease') }
  if (lifetime !== undefined) return { maxLifetime: parseDuration(lifetime, '--lifetime') }
  return detach ? 'keep' : 'scope'
}

/** Leaves a run that is ready; one that is not is removed: nobody would look after it. */
async function leave(started: Start, on: OpenProvider, { output }: Invocation): Promise<number> {
  const { run, failure, debt } = started
  if (failure || run === undefined) {
    await removeStarted(started, on, output)
    throw failure?.error
  }
  debt[Symbol.dispose]()
  if (output.json) output.document({ run: runJson(on, run), timeline: run.timeline, cost: run.cost() })
  else output.print(idOf(on, run))
  return EXIT_CODE.done
}

/** Passes on the output of a run until it ends, and says how it did. */
async function stay(
  { run, failure }: Start,
  on: OpenProvider,
  spec: ContainerSpec,
  { output, interruption }: Invocation,
): Promise<number> {
  if (failure || run === undefined) throw failure?.error
  const { signal } = interruption
  if (output.json) output.document({ type: 'ready', run: runJson(on, run), timeline: run.timeline })
  try {
    await followOutput(run, output, { signal, follow: true })
    const termination = await run.exited({ signal })
    const expected = spec.ready?.kind === 'exited' ? (spec.ready.exitCode ?? 0) : 0
    if (output.json) output.document({ type: 'exited', ...termination })
    if (termination.exitCode === expected) return EXIT_CODE.done
    output.note(`${idOf(on, run)} ${describeEnd(termination)}`)
    return EXIT_CODE.failed
  } catch (error) {
    if (error instanceof Interrupted) await run.stop().catch(() => {})
    throw error
  }
}

function describeEnd({ exitCode, signal, reason }: Termination): string {
  const why = reason === undefined ? '' : ` (${reason})`
  if (signal !== undefined) return `was ended by ${signal}${why}`
  return exitCode === undefined
    ? `ended; its cloud does not tell the exit code${why}`
    : `exited with code ${exitCode}${why}`
}
