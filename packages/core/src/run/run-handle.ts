import { withDeadline } from '../call/deadline.ts'
import { NEVER_ABORTED } from '../call/never-aborted.ts'
import { REMOVAL_POLICY } from '../call/retry.ts'
import { untilAborted } from '../call/until-aborted.ts'
import type { Address } from '../contract/address.ts'
import type {
  BaseRun,
  CallOptions,
  ProviderRunWith,
  RunChange,
  RunFeature,
  RunState,
  WaitOptions,
} from '../contract/container-run.ts'
import type { Cost } from '../contract/cost.ts'
import { type Duration, durationInMs } from '../contract/duration.ts'
import type { Lifetime } from '../contract/lifetime.ts'
import type { CloudEvent, ContainerObservation, Termination } from '../contract/observation.ts'
import type { Probe } from '../contract/probe.ts'
import type { Timeline } from '../contract/timeline.ts'
import { costOf } from '../cost/cost-of.ts'
import { type Attempt, BerthError } from '../errors/berth-error.ts'
import { becomeReady } from './become-ready.ts'
import { changeLease } from './change-lease.ts'
import { releaseScope } from './held-scopes.ts'
import { withEvidence } from './run-failure.ts'
import type { RunRecord } from './run-record.ts'
import type { RunServices } from './run-services.ts'
import { streamChanges } from './stream-changes.ts'
import { waitFor } from './wait-for.ts'

/** What a user holds of one run: reads its record, waits on it, and ends it. The methods that only some clouds have are put on it by `addRunMethods`. */
export class RunHandle implements BaseRun {
  readonly #record: RunRecord
  readonly #services: RunServices
  /** Whether this handle's disposal removes the run. */
  #scoped: boolean
  #removing: Promise<void> | undefined
  #removal: NodeJS.Timeout | undefined

  constructor(record: RunRecord, services: RunServices, scoped: boolean) {
    this.#record = record
    this.#services = services
    this.#scoped = scoped
    const stopListening = record.onChange(() => {
      if (record.phase !== 'gone') return
      stopListening()
      clearTimeout(this.#removal)
      services.keeper.release(record.facts.ref)
    })
  }

  /** Removes the run after so long unless it is handed over before, or gone. Does not keep the process alive. */
  removeAfter(inMs: number): void {
    this.#removal = setTimeout(() => this.remove().catch(() => {}), inMs)
    this.#removal.unref()
  }

  get id(): string {
    return `${this.#record.facts.provider}/${this.#record.facts.ref}`
  }
  get provider(): string {
    return this.#record.facts.provider
  }
  get ref(): string {
    return this.#record.facts.ref
  }
  get name(): string {
    return this.#record.facts.name
  }
  get image(): string {
    return this.#record.facts.image
  }
  get state(): RunState {
    return this.#record.state
  }
  get createdAt(): Date {
    return this.#record.facts.createdAt
  }
  get containers(): Readonly<Record<string, ContainerObservation>> {
    return this.#record.containers
  }
  get addresses(): readonly Address[] {
    return this.#record.addresses
  }
  get events(): readonly CloudEvent[] {
    return this.#record.events
  }
  get labels(): Readonly<Record<string, string>> {
    return this.#record.facts.labels
  }
  get lifetime(): Lifetime {
    return this.#record.lifetime
  }
  get expiresAt(): Date | null {
    return this.#record.expiresAt
  }
  get timeline(): Timeline {
    return this.#record.recorder.timeline
  }
  get attempts(): readonly Attempt[] {
    return this.#record.facts.attempts
  }
  get notes(): readonly string[] {
    return this.#record.facts.notes
  }

  get emulated(): string | undefined {
    return this.#services.caller.emulated
  }

  get url(): string | undefined {
    const first = this.#record.facts.tcpPorts
      .map((port) =>
        this.addresses.find(({ containerPort, protocol }) => containerPort === port && protocol === 'tcp'),
      )
      .find((address) => address !== undefined)
    const address = first ?? this.addresses.find(({ protocol }) => protocol === 'tcp')
    if (address === undefined) return undefined
    return `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`
  }

  address(containerPort: number): Address {
    const address = this.addresses.find((each) => each.containerPort === containerPort)
    if (address) return address
    const known = this.addresses.map((each) => each.containerPort).join(', ')
    throw new BerthError({
      code: 'not-found',
      message: `${this.id} has no address for port ${containerPort}; ${
        known === '' ? 'none is known yet: wait for ready() first' : `it has ${known}`
      }`,
      provider: this.provider,
    })
  }

  cost(): Cost {
    const rates = this.#services.adapter.rates(this.#record.facts.priced)
    return costOf(rates, this.timeline, (Date.now() - this.timeline.requestedAt.getTime()) * 1_000)
  }

  async placed(options: WaitOptions = {}): Promise<void> {
    const record = this.#record
    await withDeadline(
      { signal: options.signal, timeout: options.timeout ?? '10m' },
      () =>
        `${this.id} found no place in time; it is still ${record.state}: wait longer, or look at its events`,
      (signal) =>
        waitFor(record, this.#services, 'starting', signal, () => {
          if (record.failure) throw record.failure
          if (record.phase === 'gone')
            throw new BerthError({ code: 'not-found', message: `${this.id} was removed by somebody else` })
          return record.phase === 'pending' ? undefined : true
        }),
    ).catch(async (error: unknown) => {
      throw await this.#explain(error)
    })
  }

  ready(options: WaitOptions & { readonly probe?: Probe | undefined } = {}): Promise<void> {
    return becomeReady(this.#record, this.#services, options)
  }

  async exited(options: WaitOptions = {}): Promise<Termination> {
    const record = this.#record
    return await withDeadline(
      options,
      () => `${this.id} still runs after the time given; stop() ends it`,
      (signal) =>
        waitFor(record, this.#services, 'steady', signal, () => {
          const termination = record.main?.termination
          if (record.phase === 'stopped' && termination) return termination
          if (record.failure) throw record.failure
          // It was stopped before it had begun, or its cloud does not tell.
          if (record.phase === 'stopped') return { exitCode: undefined }
          if (record.phase !== 'gone') return undefined
          if (termination) return termination
          throw new BerthError({
            code: 'not-found',
            message: `${this.id} is gone, and its cloud no longer tells how it ended; call exited() before remove()`,
            provider: this.provider,
          })
        }),
    )
  }

  async stop(options: CallOptions & { readonly grace?: Duration | undefined } = {}): Promise<void> {
    if (this.#record.phase === 'gone') return
    const { caller, adapter } = this.#services
    const graceInMs =
      options.grace === undefined ? this.#record.facts.stopGraceInMs : durationInMs(options.grace, 'grace')
    const signal = options.signal ?? NEVER_ABORTED
    this.#end('stopped')
    await caller
      .call('stop', (context) => adapter.stop(this.ref, { graceInMs }, context), signal)
      .catch((error: unknown) => this.#goOn(error))
    this.#record.addEvidence({
      kind: 'sighting',
      mark: 'stopped',
      latest: performance.now(),
      source: 'stop answer',
    })
    await this.refresh({ signal })
  }

  async remove(options: CallOptions = {}): Promise<void> {
    options.signal?.throwIfAborted()
    // Shared by all who ask: one caller's abort ends that caller's wait, not the removal.
    this.#removing ??= this.#removeOnce().catch((error: unknown) => {
      this.#removing = undefined
      throw error
    })
    await untilAborted(this.#removing, options.signal)
  }

  async #removeOnce(): Promise<void> {
    const { caller, adapter, keeper } = this.#services
    this.#end('removed')
    // A renewal that comes after the removal could leave a record of itself; one that fails leaves the run to the sweep.
    if (keeper.release(this.ref)) await keeper.settled()
    await caller
      .call('remove', (context) => adapter.remove(this.ref, context), NEVER_ABORTED, REMOVAL_POLICY)
      .catch((error: unknown) => {
        this.#goOn(BerthError.isInstance(error) ? error.with({ evidence: { left: [this.id] } }) : error)
      })
    this.#record.removed()
    this.#release()
  }

  async refresh(options: CallOptions = {}): Promise<void> {
    const { caller, adapter } = this.#services
    const signal = options.signal ?? NEVER_ABORTED
    if (adapter.poll) {
      const poll = adapter.poll.bind(adapter)
      for (const observation of await caller.call('poll', (context) => poll([this.ref], context), signal)) {
        this.#record.observe(observation)
      }
      return
    }
    const found = await caller.call(
      'find',
      async (context) => {
        for await (const each of adapter.find({ ref: this.ref }, context))
          if (each.ref === this.ref) return each
        return undefined
      },
      signal,
    )
    if (found) this.#record.observe(found.observation)
    else this.#record.removed('absent from find')
  }

  async renew(options: CallOptions = {}): Promise<void> {
    const { lifetime } = this.#record
    const signal = options.signal ?? NEVER_ABORTED
    await changeLease(this.#record, this.#services, { lifetime, handsOver: false, signal })
  }

  async handOver(lifetime: Exclude<Lifetime, 'scope'>, options: CallOptions = {}): Promise<void> {
    options.signal?.throwIfAborted()
    const { keeper } = this.#services
    const held = keeper.release(this.ref)
    try {
      // A renewal that began before must not come after, and take the new lifetime's end away.
      await untilAborted(keeper.settled(), options.signal)
      const signal = options.signal ?? NEVER_ABORTED
      await changeLease(this.#record, this.#services, { lifetime, handsOver: true, signal })
    } catch (error) {
      if (held) keeper.hold(held)
      throw error
    }
    clearTimeout(this.#removal)
    this.#release()
  }

  changes(options: CallOptions = {}): AsyncIterable<RunChange> {
    return streamChanges(this.#record, this.#services, options.signal ?? NEVER_ABORTED)
  }

  supports<F extends RunFeature>(feature: F): this is ProviderRunWith<F> {
    return this.#services.capabilities[feature] !== undefined
  }

  /** What `util.inspect` and `console.log` show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `ContainerRun ${this.id} (${this.state}${this.url ? `, ${this.url}` : ''})`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#scoped) await this.remove()
    else this.#release()
  }

  #release(): void {
    this.#scoped = false
    this.#services.keeper.release(this.ref)
    releaseScope(this)
  }

  #end(how: 'stopped' | 'removed'): void {
    const message = `${this.id} is being ${how} by this process`
    this.#record.setEnding(new BerthError({ code: 'exited', message, provider: this.provider }))
  }

  /** Its end failed: whoever waits from now on may well see it ready. */
  #goOn(error: unknown): never {
    this.#record.setEnding(undefined)
    throw error
  }

  async #explain(error: unknown): Promise<unknown> {
    return BerthError.isInstance(error) ? await withEvidence(error, this.#record, this.#services) : error
  }
}
