import type { HttpProbe, Probe } from '../contract/probe.ts'

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
const REQUEST_TARGET = /^\/[\x21-\x7e]*$/

/**
 * Refuses a probe that can never be run. Throws TypeError or RangeError; `field` names the probe in the message.
 * Probes also come as plain data, so that the types alone are no guard.
 */
export function assertProbe(probe: Probe, field = 'ready'): void {
  switch (probe.kind) {
    case 'http':
      assertPort(probe.port, field)
      assertHttp(probe, field)
      return
    case 'tcp':
      assertPort(probe.port, field)
      return
    case 'log':
      if (!(probe.pattern instanceof RegExp) && (typeof probe.pattern !== 'string' || probe.pattern === '')) {
        throw new TypeError(`${field}: the pattern must be a text that is not empty, or a regular expression`)
      }
      if (probe.times !== undefined && !(Number.isSafeInteger(probe.times) && probe.times >= 1)) {
        throw new RangeError(`${field}: times is ${probe.times}; it must be a whole number from 1 on`)
      }
      return
    case 'exec':
      if (!Array.isArray(probe.command) || !probe.command.every((word) => typeof word === 'string')) {
        throw new TypeError(`${field}: the command must be an array of texts: ['pg_isready', '-q']`)
      }
      if (probe.command.length === 0) throw new TypeError(`${field}: the command is empty`)
      return
    case 'exited':
      if (probe.exitCode !== undefined && !(Number.isSafeInteger(probe.exitCode) && probe.exitCode >= 0)) {
        throw new RangeError(
          `${field}: ${probe.exitCode} is no exit code; it must be a whole number from 0 on`,
        )
      }
      return
    case 'health':
    case 'started':
      return
    case 'all':
    case 'any':
      if (!Array.isArray(probe.probes) || probe.probes.length === 0) {
        throw new TypeError(`${field}: name at least one probe`)
      }
      for (const [index, inner] of probe.probes.entries()) assertProbe(inner, `${field} probe ${index + 1}`)
      return
    default:
      throw new TypeError(
        `${field}: '${String((probe as { kind?: unknown }).kind)}' is no kind of probe; use http, tcp, log, exec, health, started, exited, all or any`,
      )
  }
}

function assertPort(port: number | undefined, field: string): void {
  if (port === undefined || (Number.isSafeInteger(port) && port >= 1 && port <= 65_535)) return
  throw new RangeError(`${field}: ${port} is no port; it must be a whole number from 1 to 65535`)
}

function assertHttp(probe: HttpProbe, field: string): void {
  if (typeof probe.path !== 'string' || !REQUEST_TARGET.test(probe.path)) {
    throw new TypeError(
      `${field}: the path '${probe.path}' must begin with / and have its spaces and other characters percent-encoded`,
    )
  }
  if (probe.scheme !== undefined && probe.scheme !== 'http' && probe.scheme !== 'https') {
    throw new TypeError(`${field}: the scheme '${probe.scheme}' must be http or https`)
  }
  if (probe.body !== undefined && (typeof probe.body !== 'string' || probe.body === '')) {
    throw new TypeError(`${field}: the body must be a text that is not empty`)
  }
  const statuses = probe.status === undefined ? undefined : [probe.status].flat()
  if (statuses?.length === 0) throw new RangeError(`${field}: name at least one status`)
  for (const status of statuses ?? []) {
    if (!(Number.isSafeInteger(status) && status >= 200 && status <= 599)) {
      throw new RangeError(`${field}: ${status} is no status of an answer; it must be from 200 to 599`)
    }
  }
  for (const [name, value] of Object.entries(probe.headers ?? {})) {
    // The value is not shown: it may be a credential.
    if (!HEADER_NAME.test(name)) throw new TypeError(`${field}: '${name}' is no name of a header`)
    if (typeof value !== 'string' || !HEADER_VALUE.test(value)) {
      throw new TypeError(`${field}: the value of the header '${name}' holds characters that no header can`)
    }
  }
}
