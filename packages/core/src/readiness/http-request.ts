import type { Address } from '../contract/address.ts'
import type { HttpProbe } from '../contract/probe.ts'

/** Whether a status counts as ready. */
export function isExpected(probe: HttpProbe, status: number): boolean {
  if (probe.status === undefined) return status >= 200 && status < 400
  return typeof probe.status === 'number' ? status === probe.status : probe.status.includes(status)
}

/** The URL that a probe asks at an address. */
export function httpUrl(probe: HttpProbe, address: Address): string {
  return `${probe.scheme ?? 'http'}://${authority(address)}${probe.path}`
}

/** `host:port`, with brackets around an IPv6 address. */
export function authority({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** The probe's headers over our own, whatever their case. */
export function requestHeaders(probe: HttpProbe, address: Address): Record<string, string> {
  const own = {
    host: authority(address),
    'user-agent': 'berth',
    accept: '*/*',
    // The body is searched as it comes.
    'accept-encoding': 'identity',
    connection: 'close',
  }
  if (probe.headers === undefined) return own
  const given = Object.entries(probe.headers)
  const names = new Set(given.map(([name]) => name.toLowerCase()))
  return Object.fromEntries([...Object.entries(own).filter(([name]) => !names.has(name)), ...given])
}

/** The whole request as it goes over the wire. */
export function requestText(probe: HttpProbe, address: Address): string {
  let text = `GET ${probe.path} HTTP/1.1\r\n`
  for (const [name, value] of Object.entries(requestHeaders(probe, address))) text += `${name}: ${value}\r\n`
  return `${text}\r\n`
}
