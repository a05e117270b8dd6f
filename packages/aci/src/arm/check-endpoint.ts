import { isIP } from 'node:net'

/**
 * An endpoint of one's own as it is to be used, without a slash at its end. A token goes to it with every call, so plain HTTP is for this
 * machine alone. Throws TypeError for what is no such endpoint.
 */
export function checkEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new TypeError(
      `aci: endpoint '${endpoint}' is no address; write one like https://management.azure.com`,
    )
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('aci: the endpoint must be an address only, without credentials, query or fragment')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new TypeError(
      `aci: endpoint ${url.origin} would carry your access token unencrypted; use https, or an address of this machine (127.0.0.1)`,
    )
  }
  return url.href.replace(/\/+$/, '')
}

/** Whether a host is this machine, by its name alone. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
