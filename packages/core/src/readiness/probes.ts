import type {
  AllProbe,
  AnyProbe,
  ExecProbe,
  ExitedProbe,
  HealthProbe,
  HttpProbe,
  LogProbe,
  Probe,
  StartedProbe,
  TcpProbe,
} from '../contract/probe.ts'
import { assertProbe } from './assert-probe.ts'

function checked<P extends Probe>(probe: P): P {
  assertProbe(probe, `${probe.kind}()`)
  return probe
}

/**
 * Ready when an HTTP GET answers with an expected status (default 200 to 399): `http('/health', { port: 8080 })`.
 * Default path: `/`. Throws TypeError/RangeError for what cannot be sent.
 */
export function http(path = '/', options: Omit<HttpProbe, 'kind' | 'path'> = {}): HttpProbe {
  return checked({ ...options, kind: 'http', path })
}

/** Ready when a port takes and holds a TCP connection. Default: the first declared tcp port. Throws RangeError for no port. */
export function tcp(port?: number): TcpProbe {
  return checked({ kind: 'tcp', port })
}

/**
 * Ready when a line of the log, from its beginning on, contains a text or matches an expression: `log('listening on')`,
 * `log(/ready to accept connections/, { times: 2 })`. Needs the capability `logs`. Throws TypeError/RangeError.
 */
export function log(pattern: string | RegExp, options: Omit<LogProbe, 'kind' | 'pattern'> = {}): LogProbe {
  return checked({ ...options, kind: 'log', pattern })
}

/** Ready when a command inside the container exits with 0: `exec(['pg_isready'])`. Needs the capability `exec`. Throws TypeError. */
export function exec(
  command: readonly string[],
  options: Omit<ExecProbe, 'kind' | 'command'> = {},
): ExecProbe {
  return checked({ ...options, kind: 'exec', command })
}

/** Ready when the cloud's own health check says healthy. Needs the spec's `health`, or one that the image brings. */
export function health(options: Omit<HealthProbe, 'kind'> = {}): HealthProbe {
  return checked({ ...options, kind: 'health' })
}

/** Ready when the main container's first process runs, or has run. */
export function started(): StartedProbe {
  return { kind: 'started' }
}

/** Ready when the main container has exited with this code (default 0): for jobs. Throws RangeError for no exit code. */
export function exited(exitCode?: number): ExitedProbe {
  return checked({ kind: 'exited', exitCode })
}

/** Ready when each of the probes has succeeded once, in any order. Throws TypeError without probes. */
export function all(...probes: readonly Probe[]): AllProbe {
  return checked({ kind: 'all', probes })
}

/** Ready when one of the probes has succeeded. Throws TypeError without probes. */
export function any(...probes: readonly Probe[]): AnyProbe {
  return checked({ kind: 'any', probes })
}
