import { isIP } from 'node:net'
import { ClusterConfigurationError } from './cluster-configuration-error.ts'

/**
 * A server's address as it is to be used, without a slash at its end. Credentials go to it with every call, so plain HTTP is for this machine
 * alone.
 *
 * @throws ClusterConfigurationError for what is no such address
 */
export function checkServer(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ClusterConfigurationError(
      'invalid',
      `the cluster's server '${server}' is no address; write one like https://10.0.0.1:6443`,
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ClusterConfigurationError(
      'invalid',
      `the cluster's server ${url.origin} would get your credentials unencrypted; use https, or an address of this machine (127.0.0.1)`,
    )
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
