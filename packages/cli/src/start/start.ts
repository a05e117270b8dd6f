import type { AnyCapabilities, ContainerRun, ContainerSpec, Duration, Probe } from '@berth/core'
import type { Interruption } from '../invocation/interruption.ts'
import { errorJson } from '../output/error-json.ts'
import type { Output } from '../output/output.ts'
import { idOf, type OpenProvider } from '../providers/open-provider.ts'
import { followStart } from './follow-start.ts'
import type { StartWatcher } from './start-view.ts'

export interface StartRequest {
  readonly on: OpenProvider
  readonly spec: ContainerSpec
  /** How long it may take until it is ready. Default: core's. */
  readonly timeout?: Duration | undefined
  /** What to wait for. Default: the spec's probe. */
  readonly probe?: Probe | undefined
  readonly interruption: Interruption
  readonly watcher: StartWatcher
}

/** What came of a start. Whoever asked for it ends it: the run is there also where it failed, for its timeline. */
export interface Start {
  readonly run: ContainerRun<AnyCapabilities> | undefined
  readonly failure: { readonly error: unknown } | undefined
  /** Disposed of once the run is removed, or is to stay. */
  readonly debt: Disposable
}

/** Starts a run and waits until it is ready. Never throws: what went wrong is its result. */
export async function start({
  on,
  spec,
  timeout,
  probe,
  interruption,
  watcher,
}: StartRequest): Promise<Start> {
  const { signal } = interruption
  let run: ContainerRun<AnyCapabilities> | undefined
  const debt = interruption.owes(() => {
    if (run) return `berth rm ${idOf(on, run)}`
    return spec.lifetime === 'keep' ? `berth ps --on ${on.name}` : `berth sweep --on ${on.name}`
  })
  try {
    run = await on.provider.run(spec, { signal, onProgress: ({ text }) => watcher.busy(text) })
    const following = followStart(run, watcher)
    try {
      await run.ready({ signal, timeout, probe })
    } finally {
      following.stop()
    }
    watcher.ready(run.url)
    // Whoever reads the timeline now wants the stamps of its end, too.
    await run.refresh({ signal }).catch(() => {})
    return { run, failure: undefined, debt }
  } catch (error) {
    watcher.failed(errorJson(error).code)
    return { run, failure: { error }, debt }
  }
}

/** Removes what a start made. Where that fails it says so, with the command that does it later. */
export async function removeStarted(
  { run, debt }: Start,
  on: OpenProvider,
  output: Output,
): Promise<boolean> {
  using _ = debt
  if (run === undefined) return true
  try {
    await run.remove()
    return true
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    output.warn(`could not remove ${idOf(on, run)}: ${message}\n  later: berth rm ${idOf(on, run)}`)
    return false
  }
}
