import type { SetupReport } from '@berth/core'
import { formatTable } from './format-table.ts'

/** What a set-up made, or its removal took away, for people. */
export function formatSetup({ provider, dryRun, items }: SetupReport): string {
  if (items.length === 0) return `${provider} needs no set-up`
  return formatTable(
    ['SET-UP', 'OF', 'OUTCOME', 'DETAIL'],
    items.map(({ name, outcome, detail }) => [
      name,
      provider,
      dryRun && outcome === 'removed' ? 'would go' : outcome,
      detail,
    ]),
  )
}
