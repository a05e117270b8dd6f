import type { RunHandle } from './run-handle.ts'

/** Runs of lifetime `scope` that this process still holds. */
const held = new Set<RunHandle>()
let listening = false

/** Holds a run until its scope ends; when the process has nothing left to do, that ends every scope. */
export function holdScope(run: RunHandle): void {
  held.add(run)
  if (listening) return
  listening = true
  process.on('beforeExit', endScopes)
}

export function releaseScope(run: RunHandle): void {
  held.delete(run)
}

/** A run that cannot be removed now is left to its lease and the next sweep; the process ends all the same. */
function endScopes(): void {
  for (const run of held) {
    held.delete(run)
    run.remove().catch(() => {})
  }
}
