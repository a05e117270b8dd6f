import type { PortSpec } from '../contract/container-spec.ts'
import type { Probe } from '../contract/probe.ts'

/** What decides when something counts as ready: a spec, or the main container of a plan. */
export interface Probed {
  readonly ready?: Probe | undefined
  readonly ports?: readonly (number | Pick<PortSpec, 'port' | 'protocol'>)[] | undefined
}

/** The probe of a spec: its own, else a TCP connection to its first tcp port, else that its first process has started. */
export function defaultProbe({ ready, ports = [] }: Probed): Probe {
  if (ready !== undefined) return ready
  for (const port of ports) {
    if (typeof port === 'number') return { kind: 'tcp', port }
    if (port.protocol !== 'udp') return { kind: 'tcp', port: port.port }
  }
  return { kind: 'started' }
}
