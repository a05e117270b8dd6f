import type { Probe } from '../contract/probe.ts'
import { CompositeWatch } from './composite-watch.ts'
import { ExecWatch } from './exec-watch.ts'
import { httpAttempt } from './http-attempt.ts'
import { httpBodyAttempt } from './http-body-attempt.ts'
import { LogWatch } from './log-watch.ts'
import { NetworkWatch } from './network-watch.ts'
import type { ReadinessTarget } from './readiness-target.ts'
import { StateWatch } from './state-watch.ts'
import { tcpAttempt } from './tcp-attempt.ts'
import type { Watch, WatchListener } from './watch.ts'

/** The watch that puts a probe to work. It does nothing until it is started. */
export function createWatch(probe: Probe, target: ReadinessTarget, listener: WatchListener): Watch {
  switch (probe.kind) {
    case 'http': {
      const send = probe.body === undefined ? httpAttempt(probe) : httpBodyAttempt(probe, probe.body)
      return new NetworkWatch(probe, send, target, listener)
    }
    case 'tcp':
      return new NetworkWatch(probe, tcpAttempt, target, listener)
    case 'log':
      return new LogWatch(probe, target, listener)
    case 'exec':
      return new ExecWatch(probe, target, listener)
    case 'health':
    case 'started':
    case 'exited':
      return new StateWatch(probe, target, listener)
    case 'all':
    case 'any':
      return new CompositeWatch(
        probe.kind,
        probe.probes.map((inner) => (own: WatchListener) => createWatch(inner, target, own)),
        listener,
      )
  }
}
