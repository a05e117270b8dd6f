const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Whether a Host header names this machine's loopback. A page in a browser can have a name of its own resolve to 127.0.0.1 and then
 * talk to whatever listens there; its requests still carry that name.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false
  return LOOPBACK.has(host.replace(/:\d+$/, '').toLowerCase())
}

/** @throws RangeError where an address is not this machine's loopback */
export function checkLoopbackAddress(address: string): void {
  if (!/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address) && address !== '::1')
    throw new RangeError(`the emulator binds loopback only, not ${address}`)
}
