import type { SetupReport, SweepReport, SweptRun } from '@berth/core'
import { parseList } from '../arguments/parse-list.ts'
import { EXIT_CODE } from '../invocation/exit-code.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { formatSetup } from '../output/format-setup.ts'
import { formatTable } from '../output/format-table.ts'
import { describeUnreachable, type Unreachable } from '../providers/list-runs.ts'
import type { OpenProvider } from '../providers/open-provider.ts'

export interface SweepFlags {
  readonly on: readonly string[]
  readonly dryRun?: true | undefined
  readonly setup?: true | undefined
}

/** `berth sweep`: removes every run of ours that nobody holds any more. Who was named and cannot be asked is a failure. */
export async function sweepCommand(invocation: Invocation, flags: SweepFlags): Promise<number> {
  const { output, interruption, providers } = invocation
  const names = parseList(flags.on)
  if (flags.setup && names.length === 0)
    throw new UsageError('--setup removes what an account was set up with: name the provider with --on')
  const reports: SweepReport[] = []
  const setups: SetupReport[] = []
  const unreachable: Unreachable[] = []
  await Promise.all(
    (await providers.select(names)).map(async (on) => {
      try {
        reports.push(
          underConfiguredName(
            await on.provider.sweep({ dryRun: flags.dryRun, signal: interruption.signal }),
            on,
          ),
        )
        if (flags.setup) {
          const removed = await on.provider.teardown({ dryRun: flags.dryRun, signal: interruption.signal })
          setups.push({ ...removed, provider: on.name })
        }
      } catch (error) {
        interruption.signal.throwIfAborted()
        unreachable.push(describeUnreachable(on, error))
      }
    }),
  )
  if (output.json) output.document({ sweeps: reports, unreachable, ...(flags.setup && { setups }) })
  else {
    show(reports, unreachable, invocation)
    for (const setup of setups) output.print(formatSetup(setup))
  }
  const failed =
    reports.some((report) => report.failed.length > 0) || (names.length > 0 && unreachable.length > 0)
  return failed ? EXIT_CODE.failed : EXIT_CODE.done
}

function show(
  reports: readonly SweepReport[],
  unreachable: readonly Unreachable[],
  { output }: Invocation,
): void {
  const rows = reports.flatMap(({ removed, kept, failed, tidied, dryRun }) => [
    ...removed.map((run) => [run.id, run.name, run.image ?? '', dryRun ? 'would go' : 'removed', run.reason]),
    ...failed.map((run) => [run.id, run.name, run.image ?? '', 'failed', run.error]),
    ...kept.map((run) => [run.id, run.name, run.image ?? '', 'kept', run.reason]),
    ...tidied.map((what) => ['', what, '', dryRun ? 'would go' : 'removed', 'no run uses it any more']),
  ])
  if (rows.length > 0) output.print(formatTable(['ID', 'NAME', 'IMAGE', 'SWEEP', 'WHY'], rows))
  else if (reports.length > 0)
    output.note(`nothing of ours on ${reports.map(({ provider }) => provider).join(', ')}`)
  for (const { provider, error } of unreachable) output.note(`${provider} could not be asked: ${error}`)
}

/** The report speaks in the provider's own name; the user knows it by the configured one. */
function underConfiguredName(report: SweepReport, { name, provider }: OpenProvider): SweepReport {
  const rename = <R extends SweptRun>(run: R): R => ({
    ...run,
    id: name + run.id.slice(provider.name.length),
  })
  return {
    ...report,
    provider: name,
    removed: report.removed.map(rename),
    kept: report.kept.map(rename),
    failed: report.failed.map(rename),
  }
}
