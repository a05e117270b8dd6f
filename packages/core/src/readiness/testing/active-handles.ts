/** The timers and sockets that this process holds, by kind. */
function handles(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => ['Timeout', 'TCPSocketWrap', 'TCPConnectWrap', 'TLSWrap', 'Immediate'].includes(kind))
    .sort()
}

/**
 * Runs something and tells which timers and sockets it left behind. Sockets close over a few turns of the loop: it looks again and again
 * until nothing is left, and gives up after two seconds.
 */
export async function leftovers(action: () => Promise<void>): Promise<string[]> {
  const before = handles()
  await action()
  const deadline = performance.now() + 2_000
  let after = surplus(before)
  while (after.length > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setImmediate(resolve))
    after = surplus(before)
  }
  return after
}

function surplus(before: readonly string[]): string[] {
  const rest = [...before]
  return handles().filter((kind) => {
    const index = rest.indexOf(kind)
    if (index >= 0) rest.splice(index, 1)
    return index < 0
  })
}
