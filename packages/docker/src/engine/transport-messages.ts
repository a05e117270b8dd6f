import type { EngineEndpoint } from './engine-endpoint.ts'
import type { ExchangeFailure } from './http-exchange.ts'

/** The message of a call that got no answer: what failed, on what, and what to do. */
export function connectionMessage(
  { address, source }: EngineEndpoint,
  method: string,
  path: string,
  { code, message, sent }: ExchangeFailure,
): string {
  const where = `the container engine at ${address} (from ${source})`
  if (sent) return `${where} broke the connection during ${method} ${path}: ${message}`
  return `${where} cannot be reached: ${code ?? message}${advice(code)}`
}

function advice(code: string | undefined): string {
  switch (code) {
    case 'ENOENT':
      return '; that socket does not exist: start the engine, or correct the address'
    case 'ECONNREFUSED':
      return '; nothing listens there: start the engine, or correct the address'
    case 'EACCES':
    case 'EPERM':
      return '; permission denied: join the group of the socket ("docker"), or use a rootless engine'
    case 'ENOTFOUND':
      return '; the host name does not resolve'
    case 'ETIMEDOUT':
      return '; no answer: is the host up, and does a firewall let this through?'
    default:
      return code?.includes('CERT') || code?.startsWith('ERR_TLS')
        ? '; its certificate is not trusted: check ca.pem in DOCKER_CERT_PATH'
        : ''
  }
}

/** The message of a call that the engine refused; engines answer with JSON, proxies between with anything. */
export function refusalMessage(method: string, path: string, status: number, body: string): string {
  return `${method} ${path} failed with ${status}: ${engineMessage(body) || 'no reason was given'}`
}

function engineMessage(body: string): string {
  try {
    const parsed = JSON.parse(body) as { message?: unknown } | null
    if (typeof parsed?.message === 'string') return parsed.message.trim()
  } catch {
    // not JSON: take the text
  }
  return body.trim().slice(0, 500)
}
