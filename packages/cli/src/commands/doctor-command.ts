import type { CheckItem, CheckReport, SetupReport } from '@berth/core'
import { parseList } from '../arguments/parse-list.ts'
import { EXIT_CODE } from '../invocation/exit-code.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { formatSetup } from '../output/format-setup.ts'
import { paint } from '../output/paint.ts'

export interface DoctorFlags {
  readonly fix?: true | undefined
}

const SIGNS = {
  ok: ['green', '✔'],
  warning: ['yellow', '!'],
  failed: ['red', '✖'],
  skipped: ['dim', '-'],
} as const

/** `berth doctor`: what is configured, reachable and permitted, and the command that mends what is not; with `--fix` it makes what is missing first. */
export async function doctorCommand(
  { output, interruption, providers }: Invocation,
  names: readonly string[],
  { fix }: DoctorFlags = {},
): Promise<number> {
  const named = parseList(names)
  if (fix && named.length === 0)
    throw new UsageError('--fix makes things in an account: name the provider, as in berth doctor ecs --fix')
  const selected = await providers.select(named)
  const setups: SetupReport[] = []
  if (fix) {
    for (const { name, provider } of selected)
      setups.push({ ...(await provider.setup({ signal: interruption.signal })), provider: name })
  }
  const reports = await Promise.all(
    selected.map(
      async ({ name, provider }): Promise<CheckReport> => ({
        ...(await provider.check({ signal: interruption.signal })),
        provider: name,
      }),
    ),
  )
  if (output.json) output.document({ node: process.version, reports, ...(fix && { setups }) })
  else {
    for (const setup of setups) output.print(formatSetup(setup))
    for (const report of reports) output.print(formatReport(report))
  }
  // Nobody needs every cloud: without names it is enough that a start can go somewhere.
  const failed = reports.filter(({ status }) => status === 'failed')
  const bad = named.length > 0 ? failed.length > 0 : failed.length === reports.length
  return bad ? EXIT_CODE.failed : EXIT_CODE.done
}

function formatReport({ provider, adapter, status, items }: CheckReport): string {
  const title = provider === adapter ? provider : `${provider} (${adapter})`
  return [`${sign(status)} ${paint('bold', title, process.stdout)}`, ...items.flatMap(formatItem), ''].join(
    '\n',
  )
}

function formatItem({ name, status, detail, mend }: CheckItem): string[] {
  const indented = detail.replaceAll('\n', '\n      ')
  return [`  ${sign(status)} ${name}: ${indented}`, ...(mend === undefined ? [] : [`      mend: ${mend}`])]
}

function sign(status: CheckItem['status']): string {
  const [style, text] = SIGNS[status]
  return paint(style, text, process.stdout)
}
