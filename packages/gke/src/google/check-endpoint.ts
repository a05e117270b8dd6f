import { isIP } from 'node:net'

/**
 * An endpoint of one's own as it is to be used. Tokens go to it with every call, so plain HTTP is for this machine alone. Throws TypeError for what
 * is no such endpoint.
 */
export function checkEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new TypeError(
      `gke: endpoint '${endpoint}' is no address; write one like https://container.example, or unset CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER`,
    )
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('gke: the endpoint must be an address only, without credentials, query or fragment')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new TypeError(
      `gke: calls to ${url.origin} would go unencrypted; use https, or an address of this machine (127.0.0.1)`,
    )
  }
  return url
}

/** Whether a host is this machine, by its name alone. */
function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
