import type { Duration } from './duration.ts'

/** An HTTP request to one of the run's ports answers with an expected status. */
export interface HttpProbe {
  readonly kind: 'http'
  /** Path and query. Default `/`. */
  readonly path: string
  /** The container's port. Default: the first declared tcp port. */
  readonly port?: number | undefined
  /** The statuses that count as ready. Default: 200 to 399. */
  readonly status?: number | readonly number[] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** `https` does not verify the certificate: it asks whether the run answers, not who it is. Default `http`. */
  readonly scheme?: 'http' | 'https' | undefined
  /** Text that the body must contain. */
  readonly body?: string | undefined
}

/** A TCP connection to one of the run's ports is taken and held. */
export interface TcpProbe {
  readonly kind: 'tcp'
  /** Default: the first declared tcp port. */
  readonly port?: number | undefined
}

/** A line of the log matches. */
export interface LogProbe {
  readonly kind: 'log'
  /** A text that a line contains, or a regular expression. */
  readonly pattern: string | RegExp
  /** How many lines must match. Default 1. */
  readonly times?: number | undefined
  readonly container?: string | undefined
}

/** A command inside the container exits with 0. */
export interface ExecProbe {
  readonly kind: 'exec'
  readonly command: readonly string[]
  readonly container?: string | undefined
}

/** The cloud's own health check of the container says healthy. */
export interface HealthProbe {
  readonly kind: 'health'
  readonly container?: string | undefined
}

/** The container's first process runs. */
export interface StartedProbe {
  readonly kind: 'started'
}

/** The container has exited with an expected code: for jobs. */
export interface ExitedProbe {
  readonly kind: 'exited'
  /** Default 0. */
  readonly exitCode?: number | undefined
}

/** Every probe has succeeded once, in any order. */
export interface AllProbe {
  readonly kind: 'all'
  readonly probes: readonly Probe[]
}

/** One of the probes has succeeded. */
export interface AnyProbe {
  readonly kind: 'any'
  readonly probes: readonly Probe[]
}

/** How readiness is found. Made by `http()`, `tcp()`, `log()`, `exec()`, `health()`, `started()`, `exited()`, `all()`, `any()`. */
export type Probe =
  | HttpProbe
  | TcpProbe
  | LogProbe
  | ExecProbe
  | HealthProbe
  | StartedProbe
  | ExitedProbe
  | AllProbe
  | AnyProbe

/** How a cloud checks a container's health by itself (Docker's HEALTHCHECK, Kubernetes' and ACI's readiness probe, ECS' healthCheck). */
export interface HealthCheck {
  readonly probe: HttpProbe | TcpProbe | ExecProbe
  /** Default 10 s. */
  readonly interval?: Duration | undefined
  /** Default 5 s. */
  readonly timeout?: Duration | undefined
  /** Consecutive failures until unhealthy. Default 3. */
  readonly retries?: number | undefined
  /** Failures in this first time do not count. Default 0. */
  readonly startPeriod?: Duration | undefined
}
