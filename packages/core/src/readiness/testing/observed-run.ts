import type { Address } from '../../contract/address.ts'
import type { Instant } from '../../contract/evidence.ts'
import type { ContainerObservation, Observation } from '../../contract/observation.ts'
import type { ReadinessTarget } from '../readiness-target.ts'

/** A run as a test makes it up: what is observed of it is set by hand, what it answers with is real. */
export class ObservedRun implements ReadinessTarget {
  startedAt: Instant | undefined = performance.now()
  changedAt: Instant = performance.now()
  phase: Observation['phase'] = 'placed'
  containers: Record<string, ContainerObservation> = { main: { state: 'running', restartCount: 0 } }
  addresses: readonly Address[] = []
  defaultPort: number | undefined = 80
  logs?: NonNullable<ReadinessTarget['logs']>
  exec?: NonNullable<ReadinessTarget['exec']>
  readonly listeners = new Set<() => void>()

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Sets what has changed and tells. */
  change(what: Partial<Pick<ObservedRun, 'startedAt' | 'phase' | 'containers' | 'addresses'>>): void {
    Object.assign(this, what, { changedAt: performance.now() })
    for (const listener of [...this.listeners]) listener()
  }

  /** A run whose port 80 is reached at a port of this machine. */
  static at(port: number, more: Partial<Address> = {}): ObservedRun {
    const run = new ObservedRun()
    run.addresses = [addressAt(port, more)]
    return run
  }
}

export function addressAt(port: number, more: Partial<Address> = {}): Address {
  return { host: '127.0.0.1', port, containerPort: 80, protocol: 'tcp', exposure: 'local', ...more }
}
