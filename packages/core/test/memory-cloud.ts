import type {
  Adapter,
  AdapterVerb,
  Capabilities,
  ContainerObservation,
  Found,
  GroupPlan,
  Observation,
  OwnershipTags,
  Pacing,
  Renewal,
  Renewed,
} from '../src/index.ts'
import { BerthError, defineProvider } from '../src/index.ts'

/** A run as this cloud keeps it. */
interface Group {
  readonly plan: GroupPlan
  readonly createdAt: number
  tags: OwnershipTags
  exitCode: number | undefined
}

/** What may go wrong with a call: thrown before it takes effect, or after (its answer is lost). */
export interface Fault {
  readonly verb: AdapterVerb
  readonly when: 'before' | 'after'
  readonly error: BerthError
}

/**
 * A cloud in this process' memory that is asked, not watched: it answers late, starts what it accepted only later, and fails by order. It stands for
 * the clouds that poll, so that what core does for them is tested without any of them.
 */
export class MemoryCloud {
  readonly groups = new Map<string, Group>()
  readonly calls: { readonly verb: AdapterVerb; readonly refs: readonly string[] }[] = []
  readonly faults: Fault[] = []
  answerInMs = 1
  /** From acceptance to running. */
  startInMs = 20
  /** From the creating call to the first `find` that shows it. */
  visibleInMs = 0
  pacing: Pacing = { batchSize: 10, startIntervalInMs: 10, steadyIntervalInMs: 20 }
  exits = false
  /** Regions that accept a run and then find no room for it. */
  readonly full = new Set<string>()

  count(verb: AdapterVerb): number {
    return this.calls.filter((call) => call.verb === verb).length
  }

  async answer<T>(
    verb: AdapterVerb,
    refs: readonly string[],
    signal: AbortSignal,
    work: () => T,
  ): Promise<T> {
    this.calls.push({ verb, refs })
    signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, this.answerInMs))
    const fault = this.faults.find((each) => each.verb === verb)
    if (fault) this.faults.splice(this.faults.indexOf(fault), 1)
    if (fault?.when === 'before') throw fault.error
    const result = work()
    if (fault) throw fault.error
    return result
  }

  observe(ref: string): Observation {
    const group = this.groups.get(ref)
    if (group === undefined) {
      return { ref, phase: 'gone', containers: {}, addresses: [], events: [], evidence: [] }
    }
    const runs = performance.now() - group.createdAt >= this.startInMs
    const { region } = group.plan
    if (runs && region !== undefined && this.full.has(region)) {
      const failure = new BerthError({ code: 'capacity', message: `${region} has no room` })
      return { ref, phase: 'pending', containers: {}, addresses: [], events: [], evidence: [], failure }
    }
    const ended = runs && (this.exits || group.exitCode !== undefined)
    const main: ContainerObservation = {
      state: ended ? 'terminated' : runs ? 'running' : 'waiting',
      restartCount: 0,
      ...(ended && { termination: { exitCode: group.exitCode ?? 0 } }),
    }
    return {
      ref,
      phase: ended ? 'stopped' : runs ? 'placed' : 'pending',
      containers: { main },
      addresses: [],
      events: [],
      evidence: runs
        ? [{ kind: 'sighting', mark: 'started', latest: performance.now(), source: 'poll' }]
        : [],
    }
  }
}

export const MEMORY_CAPABILITIES = {
  name: 'memory',
  architecture: ['amd64'],
  restart: ['never'],
  expose: ['local'],
  ports: 'same',
  maxLifetime: 'sweep',
  exitCode: 'native',
  groupNetwork: 'none',
} as const satisfies Capabilities

export function memoryAdapter({ cloud }: { readonly cloud: MemoryCloud }): Adapter {
  return {
    clocks: {},
    lease: { lengthInMs: 60_000, settleInMs: 100 },
    pacing: cloud.pacing,
    check: async () => [{ name: 'memory', status: 'ok', detail: 'in this process' }],
    create: (plan, { signal, made }) =>
      cloud.answer('create', [plan.name], signal, () => {
        const there = cloud.groups.get(plan.name)
        if (there && there.tags['berth-spec'] !== plan.tags['berth-spec']) {
          throw new BerthError({
            code: 'conflict',
            message: `${plan.name} is there already, with another spec`,
          })
        }
        if (!there) {
          cloud.groups.set(plan.name, {
            plan,
            createdAt: performance.now(),
            tags: plan.tags,
            exitCode: undefined,
          })
          made()
        }
        return {
          ref: plan.name,
          existed: there !== undefined && there.tags['berth-owner'] !== plan.tags['berth-owner'],
        }
      }),
    poll: (refs, { signal }) =>
      cloud.answer('poll', refs, signal, () => refs.map((ref) => cloud.observe(ref))),
    async *find({ ref, name, tokenHash }, { signal }) {
      const groups = await cloud.answer('find', [], signal, () => [...cloud.groups])
      for (const [key, group] of groups) {
        if (performance.now() - group.createdAt < cloud.visibleInMs) continue
        if (ref !== undefined && ref !== key) continue
        if (name !== undefined && name !== key) continue
        if (tokenHash !== undefined && tokenHash !== group.tags['berth-token']) continue
        yield foundOf(key, group, cloud)
      }
    },
    renew: (renewals, { signal }) =>
      cloud.answer(
        'renew',
        renewals.map(({ ref }) => ref),
        signal,
        () => {
          return renewals.map((renewal): Renewed => {
            const outcome = cloud.groups.has(renewal.ref) ? 'renewed' : 'gone'
            renewGroup(cloud, renewal)
            return { ref: renewal.ref, outcome }
          })
        },
      ),
    stop: (ref, _options, { signal }) =>
      cloud.answer('stop', [ref], signal, () => {
        const group = cloud.groups.get(ref)
        if (group) group.exitCode = 143
      }),
    remove: (ref, { signal }) =>
      cloud.answer('remove', [ref], signal, () => {
        cloud.groups.delete(ref)
      }),
    rates: () => ({
      currency: 'USD',
      items: [{ what: 'vCPU', quantity: 2, unit: 'vCPU', pricePerHour: 0.04 }],
      billedFrom: 'started',
      billedUntil: 'stopped',
      source: 'this test',
      date: '2026-11-01',
    }),
    close: async () => {},
  }
}

function foundOf(ref: string, group: Group, cloud: MemoryCloud): Found {
  const { plan, tags } = group
  return {
    ref,
    tags,
    labels: plan.labels,
    createdAt: new Date(performance.timeOrigin + group.createdAt),
    image: plan.containers[0]?.image,
    tcpPorts: [],
    priced: plan,
    observation: cloud.observe(ref),
    complete: true,
    parts: [`group ${ref}`],
  }
}

function renewGroup(cloud: MemoryCloud, { ref, expiresAt, owner, lifetime }: Renewal): void {
  const group = cloud.groups.get(ref)
  if (group === undefined) return
  group.tags = {
    ...group.tags,
    'berth-expires': expiresAt === null ? 'never' : String(Math.ceil(expiresAt.getTime() / 1_000)),
    ...(owner !== undefined && { 'berth-owner': owner }),
    ...(lifetime !== undefined && { 'berth-lifetime': lifetime }),
  }
}

/** The same with places to choose from. */
export const MEMORY_REGIONS = { ...MEMORY_CAPABILITIES, regions: true } as const satisfies Capabilities

export const memoryRegions = defineProvider<typeof MEMORY_REGIONS, { readonly cloud: MemoryCloud }>({
  capabilities: MEMORY_REGIONS,
  connect: memoryAdapter,
})

export const memory = defineProvider<typeof MEMORY_CAPABILITIES, { readonly cloud: MemoryCloud }>({
  capabilities: MEMORY_CAPABILITIES,
  connect: memoryAdapter,
})
