/** The least that something lingers; at most it is twice as long. */
const LINGER_IN_MS = 2_000

interface Closable {
  close(): void
}

/** What came since the last round, and what had come before it: that is closed in the next. */
let young: Closable[] = []
let old: Closable[] = []

/**
 * Closes something 2 to 4 s from now. One timer for all, however many come at once: each firing alone, the timers of fifty starts would
 * wake the process fifty times. It does not keep the process alive.
 */
export function linger(closable: Closable): void {
  if (young.length === 0 && old.length === 0) closeLater()
  young.push(closable)
}

function closeLater(): void {
  setTimeout(closeOld, LINGER_IN_MS).unref()
}

function closeOld(): void {
  const due = old
  old = young
  young = []
  if (old.length > 0) closeLater()
  for (const closable of due) closable.close()
}
