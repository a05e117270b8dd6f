import type { BaseRun } from '@berth/core'

/** When an answer first told the run's address, on `performance.now()`. */
export async function addressReceived(run: BaseRun, signal: AbortSignal): Promise<number> {
  if (run.addresses.length > 0) return performance.now()
  for await (const _ of run.changes({ signal })) if (run.addresses.length > 0) break
  return performance.now()
}
