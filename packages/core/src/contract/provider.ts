import type { Capabilities } from './capabilities.ts'
import type { AnyCapabilities } from './capability-types.ts'
import type { CheckReport } from './check-report.ts'
import type { CallOptions, ContainerRun, RunFeature } from './container-run.ts'
import type { ContainerSpec } from './container-spec.ts'
import type { Duration } from './duration.ts'
import type { Progress } from './progress.ts'
import type { SetupReport } from './setup-report.ts'

/** What may go with `run()`. */
export interface RunOptions extends CallOptions {
  /**
   * The idempotency token: a second `run()` with the same token and spec returns the same run; with another spec it throws
   * `conflict`. Default: a new one each time.
   */
  readonly token?: string | undefined
  /** How long a place may take to find room before the next of the spec's `regions` is tried. The last has no limit. Default 2 min. */
  readonly placementTimeout?: Duration | undefined
  /** Hears how far the start is before `run()` resolves: a pull can take minutes. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

export interface SweepOptions extends CallOptions {
  /** Says what would go and touches nothing. Default false. */
  readonly dryRun?: boolean | undefined
  /** How many removals may be under way at once. Default 8. */
  readonly concurrency?: number | undefined
}

/** What a sweep found: everything of ours, and what became of it. */
export interface SweepReport {
  readonly provider: string
  readonly dryRun: boolean
  readonly removed: readonly SweptRun[]
  /** Ours and still wanted. */
  readonly kept: readonly SweptRun[]
  /** Expired, and could not be removed: with the error in words. */
  readonly failed: readonly (SweptRun & { readonly error: string })[]
  /** What runs had shared and none used any more, for people: `task definition …`. */
  readonly tidied: readonly string[]
}

export interface SweptRun {
  readonly id: string
  readonly name: string
  readonly image: string | undefined
  readonly createdAt: Date
  readonly expiresAt: Date | null
  /** `expired`, `owner gone`, `lease runs until …`, `kept`. */
  readonly reason: string
  readonly parts: readonly string[]
}

/** A cloud, an account and a place: what starts runs and finds them again. Holds no state of its own that matters: the cloud is the truth. */
export interface Provider<C extends Capabilities = AnyCapabilities> extends AsyncDisposable {
  /** The configured name, the first part of its runs' ids. Default: the adapter's. */
  readonly name: string
  readonly capabilities: C
  /**
   * Who answers in the real service's place, in the emulator's own words: `recorded profile (2018-19, n = 8), 10 times faster`. Undefined for the
   * real service, and until the first answer.
   */
  readonly emulated: string | undefined

  /**
   * Starts a group and resolves when the cloud has accepted it; where the spec names several regions, when one of them has room for it
   * (`attempts` tells of those before). Where it throws, nothing is left behind, or the error's evidence
   * names what may be (`evidence.left`).
   *
   * Throws `invalid-spec`, `unsupported` before any call; `authentication`, `permission`, `quota`, `capacity`, `image-pull`,
   * `conflict`, `unavailable` after; TypeError for a spec that is none.
   */
  run(spec: ContainerSpec<C>, options?: RunOptions): Promise<ContainerRun<C>>
  /** A run of this provider by its id or name, from whichever process it was started; null where there is none. */
  get(id: string, options?: CallOptions): Promise<ContainerRun<C> | null>
  /** Every run of ours on this account and place, by whichever process. */
  list(options?: CallOptions): AsyncIterable<ContainerRun<C>>
  /** Removes every run of ours that nobody holds any more: lease passed, or owner's process gone. */
  sweep(options?: SweepOptions): Promise<SweepReport>
  /** What is configured, reachable and permitted, and how to mend what is not. */
  check(options?: CallOptions & { readonly timeout?: Duration | undefined }): Promise<CheckReport>
  /** Makes what all runs need and what is missing, each tagged as ours. Nothing where the cloud needs no such thing. Throws `permission`, … */
  setup(options?: CallOptions): Promise<SetupReport>
  /** Removes what a set-up has made and nothing uses any more. */
  teardown(options?: CallOptions & { readonly dryRun?: boolean | undefined }): Promise<SetupReport>
  /** Lets go of connections and watches; runs are not touched. */
  close(): Promise<void>
}

/** A provider of whichever cloud: its specs may ask for anything (checked at run time), its runs have the base methods. */
export type AnyProvider = Provider<AnyCapabilities>

/** A provider known to have run features. */
export type ProviderWith<F extends RunFeature> = Provider<AnyCapabilities & Required<Pick<Capabilities, F>>>

/** The capabilities of a provider's type; those of an unknown cloud where its name is not literal. */
export type CapabilitiesOf<P> = P extends { readonly capabilities: infer C extends Capabilities }
  ? string extends C['name']
    ? AnyCapabilities
    : C
  : never
