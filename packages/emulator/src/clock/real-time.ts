const epoch = Date.now() - performance.now()

/** This machine's own time in milliseconds since the epoch, with fractions, never going back. */
export function realNow(): number {
  return epoch + performance.now()
}
