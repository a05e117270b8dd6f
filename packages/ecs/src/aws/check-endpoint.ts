import { isIP } from 'node:net'

/**
 * An endpoint of one's own as it is to be used. Credentials sign every call to it and secrets come back from it, so plain HTTP is for this machine
 * alone. Throws TypeError for what is no such endpoint.
 */
export function checkEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new TypeError(`ecs: endpoint '${endpoint}' is no address; write one like https://ecs.example`)
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('ecs: the endpoint must be an address only, without credentials, query or fragment')
  }
  if (!isSafe(url.protocol, url.hostname)) throw new TypeError(unsafe(url.origin))
  return url.href.replace(/\/+$/, '')
}

/** Whether calls may go there: over TLS, or on this machine. */
export function isSafe(protocol: string, hostname: string): boolean {
  return protocol === 'https:' || protocol === 'wss:' || isLoopback(hostname)
}

export function unsafe(origin: string): string {
  return `ecs: calls to ${origin} would go unencrypted; use https, or an address of this machine (127.0.0.1)`
}

/** Whether a host is this machine, by its name alone. */
function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
