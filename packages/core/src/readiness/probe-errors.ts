import { BerthError, type BerthErrorCode } from '../errors/berth-error.ts'
import { redact } from '../secrets/redact.ts'
import type { ReadinessTarget } from './readiness-target.ts'

/** No waiting mends these. */
const LASTING: ReadonlySet<BerthErrorCode> = new Set([
  'authentication',
  'permission',
  'unsupported',
  'invalid-spec',
  'internal',
])

/** Whether asking again can help. What is no BerthError is a fault in a program, which stays. */
export function mayPass(error: unknown): error is BerthError {
  return BerthError.isInstance(error) && !LASTING.has(error.code)
}

/** The error of a probe that this cloud cannot run. */
export function unsupportedProbe(probe: string, capability: string): BerthError {
  return new BerthError({
    code: 'unsupported',
    message: `${probe}() needs the capability '${capability}', which this cloud lacks; use another probe`,
  })
}

/** The error of a probe whose run has ended: `exited`, with how the main container ended as evidence; `not-found` where it was removed. */
export function endedBeforeReady(target: ReadinessTarget, outcome: string): BerthError {
  const termination = target.containers.main?.termination
  const { exitCode, signal, reason } = termination ?? {}
  if (target.phase === 'gone') {
    return new BerthError({
      code: 'not-found',
      message: `not ready: the run is gone; somebody removed it, or its lifetime was over`,
      evidence: { exitCode, signal, probe: redact(outcome) },
    })
  }
  const how =
    exitCode !== undefined
      ? `the main container exited with ${exitCode}${signal === undefined ? '' : ` (${signal})`}${reason === undefined ? '' : `, ${reason}`}`
      : 'the run has stopped'
  return new BerthError({
    code: 'exited',
    message: `not ready: ${how}; the probe's last word: ${outcome}`,
    retryable: false,
    evidence: { exitCode, signal, probe: redact(outcome) },
  })
}
