import { AdapterCaller } from '../call/adapter-caller.ts'
import { withDeadline } from '../call/deadline.ts'
import { NEVER_ABORTED } from '../call/never-aborted.ts'
import { REMOVAL_POLICY } from '../call/retry.ts'
import { Slots } from '../call/slots.ts'
import { untilAborted } from '../call/until-aborted.ts'
import type { Adapter, FindQuery, Found } from '../contract/adapter.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import type { CheckItem, CheckReport } from '../contract/check-report.ts'
import type { CallOptions, ContainerRun } from '../contract/container-run.ts'
import type { ContainerSpec } from '../contract/container-spec.ts'
import type { Duration } from '../contract/duration.ts'
import type { GroupPlan } from '../contract/group-plan.ts'
import type { Provider, RunOptions, SweepOptions, SweepReport } from '../contract/provider.ts'
import type { SetupReport } from '../contract/setup-report.ts'
import { BerthError } from '../errors/berth-error.ts'
import { LeaseKeeper } from '../lease/lease-keeper.ts'
import { newOwnerTag } from '../lease/owner.ts'
import type { RunHandle } from '../run/run-handle.ts'
import type { RunServices } from '../run/run-services.ts'
import { redact } from '../secrets/redact.ts'
import { copySpec } from '../spec/copy-spec.ts'
import { defaultProbe } from '../spec/default-probe.ts'
import { DateFeed } from '../watch/date-feed.ts'
import { Observer } from '../watch/observer.ts'
import { loadRunning } from './load-running.ts'

const DEFAULT_CONCURRENT_CREATES = 50

export interface ProviderHandleOptions<C extends Capabilities> {
  readonly name: string
  readonly capabilities: C
  readonly adapter: Adapter
  readonly leaseInMs: number
}

/** What a user holds of one cloud, account and place: an adapter with all that core adds. */
export class ProviderHandle<C extends Capabilities> implements Provider<C> {
  readonly name: string
  readonly capabilities: C
  readonly #adapter: Adapter
  readonly #services: RunServices
  readonly #creates: Slots

  constructor({ name, capabilities, adapter, leaseInMs }: ProviderHandleOptions<C>) {
    this.name = name
    this.capabilities = capabilities
    this.#adapter = adapter
    this.#creates = new Slots(adapter.pacing?.concurrentCreates ?? DEFAULT_CONCURRENT_CREATES)
    const dates = new DateFeed()
    const caller = new AdapterCaller(name, adapter, (sample) => dates.take(sample))
    this.#services = {
      provider: name,
      adapter,
      capabilities,
      caller,
      observer: new Observer(adapter, caller),
      dates,
      keeper: new LeaseKeeper(leaseInMs, (renewals, limit) =>
        caller.call('renew', async (context) => (await adapter.renew?.(renewals, context)) ?? [], limit),
      ),
      leaseInMs,
    }
  }

  get emulated(): string | undefined {
    return this.#services.caller.emulated
  }

  async run(spec: ContainerSpec<C>, options: RunOptions = {}): Promise<ContainerRun<C>> {
    const requestedAt = performance.now()
    const signal = options.signal ?? NEVER_ABORTED
    signal.throwIfAborted()
    // What the caller makes of its object after this call is another run's.
    const own = copySpec(spec)
    const { planGroup, placeRun } = await loadRunning()
    const planning = planGroup(own, {
      capabilities: this.capabilities,
      providerName: this.name,
      token: options.token ?? globalThis.crypto.randomUUID(),
      owner: newOwnerTag(),
      leaseInMs: this.#services.leaseInMs,
    })
    // A secret may come from a vault that takes its time.
    const plan = await untilAborted(planning, options.signal)
    // `planGroup` has read the list.
    const { regions = [plan.region] } = own as { readonly regions?: readonly string[] | undefined }
    const plans = regions.map((region) => ({ ...plan, region }))
    for (const each of plans) this.#validate(each)
    const probe = own.ready ?? defaultProbe(own)
    const run = await placeRun({ plans, probe, requestedAt, options, signal }, this.#services, this.#creates)
    return asRun<C>(run)
  }

  async get(id: string, options: CallOptions = {}): Promise<ContainerRun<C> | null> {
    if (typeof id !== 'string' || id === '') throw new TypeError("get: needs a run's id or name")
    const loading = loadRunning()
    const ref = id.startsWith(`${this.name}/`) ? id.slice(this.name.length + 1) : id
    const found = (await this.#findOne({ ref }, options)) ?? (await this.#findOne({ name: ref }, options))
    if (found === null) return null
    const { foundRun } = await loading
    return asRun<C>(foundRun(found, this.#services))
  }

  async *list(options: CallOptions = {}): AsyncGenerator<ContainerRun<C>> {
    const { foundRun } = await loadRunning()
    for (const found of await this.#find({}, options)) yield asRun<C>(foundRun(found, this.#services))
  }

  async sweep(options: SweepOptions = {}): Promise<SweepReport> {
    const { caller, adapter } = this.#services
    const signal = options.signal ?? NEVER_ABORTED
    const { sweepRuns } = await loadRunning()
    return await sweepRuns(
      {
        provider: this.name,
        find: (query) => this.#find(query, options),
        remove: (ref) =>
          caller.call('remove', (context) => adapter.remove(ref, context), signal, REMOVAL_POLICY),
        tidy: (what) =>
          caller.call('tidy', async (context) => (await adapter.tidy?.(what, context)) ?? [], signal),
      },
      options,
    )
  }

  async check(options: CallOptions & { readonly timeout?: Duration | undefined } = {}): Promise<CheckReport> {
    // Who checks is about to start something: what that needs of core is here by then too.
    const loading = loadRunning()
    const items = await withDeadline(
      { signal: options.signal, timeout: options.timeout ?? '10s' },
      () => `${this.name} did not answer in time`,
      async (signal) => await this.#adapter.check(this.#services.caller.context(signal)),
    ).catch((error: unknown): CheckItem[] => {
      options.signal?.throwIfAborted()
      return [
        {
          name: 'check',
          status: 'failed',
          detail: redact(error instanceof Error ? error.message : String(error)),
        },
      ]
    })
    await loading
    const worst = (['failed', 'warning'] as const).find((status) =>
      items.some((item) => item.status === status),
    )
    return { provider: this.name, adapter: this.capabilities.name, status: worst ?? 'ok', items }
  }

  async setup({ signal = NEVER_ABORTED }: CallOptions = {}): Promise<SetupReport> {
    const { caller, adapter } = this.#services
    const items = await caller.call(
      'setup',
      async (context) => (await adapter.setup?.(context)) ?? [],
      signal,
    )
    return { provider: this.name, dryRun: false, items }
  }

  async teardown({
    signal = NEVER_ABORTED,
    dryRun = false,
  }: CallOptions & { readonly dryRun?: boolean | undefined } = {}): Promise<SetupReport> {
    const { caller, adapter } = this.#services
    const items = await caller.call(
      'teardown',
      async (context) => (await adapter.teardown?.({ dryRun }, context)) ?? [],
      signal,
    )
    return { provider: this.name, dryRun, items }
  }

  async close(): Promise<void> {
    this.#services.keeper.close()
    this.#services.observer.close(
      new BerthError({
        code: 'unavailable',
        message: `${this.name} was closed while somebody waited for one of its runs; close it last`,
        retryable: false,
        provider: this.name,
      }),
    )
    await this.#adapter.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #validate(plan: GroupPlan): void {
    try {
      this.#adapter.validate?.(plan)
    } catch (error) {
      throw this.#services.caller.complete('create', error, NEVER_ABORTED)
    }
  }

  async #findOne(query: FindQuery, options: CallOptions): Promise<Found | null> {
    const found = await this.#find(query, options)
    return found.find(({ ref, tags }) => ref === query.ref || tags['berth-run'] === query.name) ?? null
  }

  async #find(query: FindQuery, options: CallOptions): Promise<readonly Found[]> {
    const { caller, adapter } = this.#services
    return await caller.call(
      'find',
      (context) => Array.fromAsync(adapter.find(query, context)),
      options.signal ?? NEVER_ABORTED,
    )
  }
}

/** `addRunMethods` has put on the handle just the methods that `C` promises, which no type of a class can say. */
function asRun<C extends Capabilities>(run: RunHandle): ContainerRun<C> {
  return run as unknown as ContainerRun<C>
}
