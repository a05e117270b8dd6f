import type { BaseRun } from '@berth/core'
import { parseList } from '../arguments/parse-list.ts'
import { EXIT_CODE } from '../invocation/exit-code.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { formatTable } from '../output/format-table.ts'
import { formatAge } from '../output/format-time.ts'
import { runJson } from '../output/run-json.ts'
import { shortIds } from '../output/short-ids.ts'
import { listRuns } from '../providers/list-runs.ts'

export interface PsFlags {
  readonly on: readonly string[]
  readonly quiet?: true | undefined
}

/** `berth ps`: every run of ours on all configured providers, by whichever process it was started. */
export async function psCommand(invocation: Invocation, flags: PsFlags): Promise<number> {
  const { output, interruption, providers } = invocation
  const selected = await providers.select(parseList(flags.on))
  const { runs, unreachable } = await listRuns(selected, interruption.signal)
  if (output.json) {
    output.document({ runs: runs.map(({ on, run }) => runJson(on, run)), unreachable })
    return EXIT_CODE.done
  }
  const ids = shortIds(runs)
  if (flags.quiet) {
    for (const id of ids) output.print(id)
  } else if (runs.length > 0) {
    const rows = runs.map(({ run }, index) => [ids[index] ?? '', ...columns(run)])
    output.print(formatTable(['ID', 'NAME', 'IMAGE', 'STATE', 'AGE', 'EXPIRES', 'ADDRESS'], rows))
  }
  if (runs.length === 0 && unreachable.length < selected.length) {
    const asked = selected
      .map(({ name }) => name)
      .filter((name) => !unreachable.some(({ provider }) => provider === name))
    output.note(`no runs on ${asked.join(', ')}`)
  }
  for (const { provider, error } of unreachable) output.note(`${provider} could not be asked: ${error}`)
  return EXIT_CODE.done
}

function columns(run: BaseRun): readonly string[] {
  return [
    run.name,
    run.image,
    run.state,
    formatAge(Date.now() - run.createdAt.getTime()),
    formatExpiry(run.expiresAt),
    run.url ?? run.addresses.map(({ host, port, protocol }) => `${host}:${port}/${protocol}`).join(' '),
  ]
}

function formatExpiry(expiresAt: Date | null): string {
  if (expiresAt === null) return 'never'
  const left = expiresAt.getTime() - Date.now()
  return left > 0 ? `in ${formatAge(left)}` : `${formatAge(-left)} ago`
}
