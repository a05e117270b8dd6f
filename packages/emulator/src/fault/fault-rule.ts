/** One thing that shall go wrong, and when. */
export interface FaultRule {
  /** Which calls; every one where it is left out. */
  readonly match?: FaultMatch | undefined
  readonly effect: FaultEffect
}

/** All that is named must hold. */
export interface FaultMatch {
  /** `aci`, `arm`, `identity`, `ecs`, `ec2`, `logs`, `iam` … */
  readonly service?: string | undefined
  /** As in the request log: `ContainerGroups_CreateOrUpdate`, `RunTask`. May hold `*`. */
  readonly operation?: string | undefined
  /** `eastus`, `us-east-1`. */
  readonly region?: string | undefined
  /** The resource's name; may hold `*`. */
  readonly name?: string | undefined
  /** Only these of the calls that match the rest, counted from 1: `1`, `[1, 3]`. */
  readonly nth?: number | readonly number[] | undefined
  /** How likely, 0 to 1, by the emulator's seed. Default 1. */
  readonly probability?: number | undefined
}

export type FaultEffect = RequestFault | RefusalFault | StartFault

/** What happens to the request or the answer on its way. */
type RequestFault =
  /** The connection is reset before anything takes effect. */
  | { readonly kind: 'reset' }
  /** Never arrives: nothing takes effect. `hangs`: no answer comes; otherwise (default) the connection ends. */
  | { readonly kind: 'lost-request'; readonly hangs?: boolean | undefined }
  /** Takes effect, but the answer is lost. `hangs` as above. */
  | { readonly kind: 'lost-response'; readonly hangs?: boolean | undefined }
  /** The answer comes so much later, after it took effect; an emulated duration. */
  | { readonly kind: 'slow'; readonly delayInMs: number }
  /** An answer that comes bit by bit, as watches and followed logs do, is cut so long after it began; an emulated duration. */
  | { readonly kind: 'cut'; readonly afterInMs: number }

/** The service refuses, in its own words. */
type RefusalFault =
  | { readonly kind: 'throttle'; readonly retryAfterInSeconds?: number | undefined }
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message?: string }
  /** `at-once`: the creating call is refused. `afterwards`: it is accepted, then no place is found. */
  | { readonly kind: 'capacity'; readonly when: 'at-once' | 'afterwards' }
  | { readonly kind: 'quota' }

/** What happens in the course of a start; of effect on creating and starting calls. */
type StartFault =
  /** Each pull takes so much longer; an emulated duration. */
  | { readonly kind: 'slow-pull'; readonly delayInMs: number }
  /** Each pull fails: for good, or the first `times`. */
  | {
      readonly kind: 'failed-pull'
      readonly reason?: 'not-found' | 'unauthorized' | 'unreachable' | 'rate-limited' | undefined
      readonly times?: number | undefined
    }
  /** No place is ever found, nor refused. */
  | { readonly kind: 'stuck' }
  /** What runs on capacity that may be taken back is interrupted, so long after it began to run; an emulated duration. */
  | { readonly kind: 'interruption'; readonly afterInMs: number }
