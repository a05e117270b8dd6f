import assert from 'node:assert/strict'
import { BerthError, type BerthErrorCode, type Capabilities, type RunOptions } from '@berth/core'
import type { ConformanceWorld, CreateProvider, ProviderOverrides, Workload, Workloads } from '../world.ts'
import { eventually } from './eventually.ts'
import { asFull, type FullProvider, type FullRun, type FullSpec } from './full-capabilities.ts'
import { berthErrorOf } from './thrown-by.ts'
import type { Witness } from './witness.ts'

export interface SceneOptions {
  /** Unique in the world; every run of the scene bears it in its name. */
  readonly slug: string
  readonly provider: FullProvider
  readonly createProvider: CreateProvider
  readonly world: ConformanceWorld
  readonly witness: Witness
}

/** What one test has at hand. At its end all that it made must be gone, as the engine itself says. */
export class Scene {
  readonly slug: string
  /** The suite's own provider. */
  readonly provider: FullProvider
  readonly world: ConformanceWorld
  readonly witness: Witness
  readonly #createProvider: CreateProvider
  readonly #providers: FullProvider[] = []
  readonly #runs: FullRun[] = []
  /** Starts that have not settled: a test that fails half-way must not leave them behind unseen. */
  readonly #starting = new Set<Promise<unknown>>()

  constructor({ slug, provider, createProvider, world, witness }: SceneOptions) {
    this.slug = slug
    this.provider = provider
    this.world = world
    this.witness = witness
    this.#createProvider = createProvider
  }

  get capabilities(): Capabilities {
    return this.provider.capabilities
  }

  get workloads(): Workloads {
    return this.world.workloads
  }

  /** Another provider of the same account and place, as another process would have it. Closed at the end. */
  another(overrides?: ProviderOverrides): FullProvider {
    const provider = asFull(this.#createProvider(overrides))
    this.#providers.push(provider)
    return provider
  }

  /** A run as another process has it, once its cloud tells of it: some do so a moment late. */
  find(key: string, provider: FullProvider = this.another()): Promise<FullRun> {
    return eventually(async () => {
      const found = await provider.get(key)
      assert.ok(found !== null, `get('${key}') finds it`)
      return found
    })
  }

  /** Waits until every process finds these runs in a list, which some clouds write late: a sweep goes by it. */
  async untilListed(...runs: readonly FullRun[]): Promise<void> {
    const provider = this.another()
    await eventually(async () => {
      const listed = new Set((await Array.fromAsync(provider.list())).map(({ id }) => id))
      for (const { id } of runs) assert.ok(listed.has(id), `list() has ${id}`)
    })
  }

  /** A workload with what the test is about, under a name that tells whose it is. */
  spec(workload: Workload, more: Partial<FullSpec> = {}): FullSpec {
    return { name: this.slug, ...workload, ...more }
  }

  /** Starts a run that is removed at the end of the test, if it is still there. */
  run(workload: Workload, more: Partial<FullSpec> = {}, options: RunOptions = {}): Promise<FullRun> {
    return this.start(this.provider, this.spec(workload, more), options)
  }

  /** The same at another provider, or of a whole spec. */
  start(provider: FullProvider, spec: FullSpec, options: RunOptions = {}): Promise<FullRun> {
    const starting = provider.run(spec, options).then((run) => this.adopt(run))
    this.#starting.add(starting)
    starting.catch(() => {}).finally(() => this.#starting.delete(starting))
    return starting
  }

  /** Takes a run into the scene's care. */
  adopt(run: FullRun): FullRun {
    this.#runs.push(run)
    return run
  }

  /** The BerthError that a call throws, of one of these codes. Fails where it throws anything else, or resolves. */
  async errorOf(
    call: Promise<unknown>,
    what: string,
    ...codes: readonly BerthErrorCode[]
  ): Promise<BerthError> {
    const error = await berthErrorOf(call, what, ...codes)
    this.witness.see(`${this.slug}: the error of ${what}`, error)
    return error
  }

  /** What the engine itself shows of this scene's runs, or of one of them. */
  async left(run?: FullRun): Promise<string[]> {
    const marks = run === undefined ? [`${this.slug}-`, ...this.#runs.map(({ name }) => name)] : [run.name]
    return (await this.world.inspect()).filter((entry) => marks.some((mark) => entry.includes(mark)))
  }

  /** Fails where the engine still shows anything of this scene, or of one run. */
  async assertNothingLeft(when: string, run?: FullRun): Promise<void> {
    assert.deepEqual(await this.left(run), [], `${when}, the engine must show nothing of it`)
  }

  /** Ends the scene: removes its runs, closes its providers, and looks for what was left. */
  async end(): Promise<void> {
    const failures: unknown[] = []
    await Promise.allSettled(this.#starting)
    await Promise.all(
      this.#runs.map(async (run) => {
        this.#witness(run)
        await run.remove().catch((error: unknown) => failures.push(error))
      }),
    )
    for (const provider of this.#providers) await provider.close()
    const left = await this.left()
    await this.#discard(left)
    if (failures.length > 0) throw failures[0]
    assert.deepEqual(
      left,
      [],
      'after the test and the removal of its runs, the engine must show nothing of it',
    )
  }

  #witness(run: FullRun): void {
    const { id, name, labels, events, containers, notes, attempts, timeline, lifetime } = run
    this.witness.see(`${name}: the run's handle`, run)
    this.witness.see(`${name}: the run's properties`, {
      id,
      name,
      labels,
      events,
      containers,
      notes,
      attempts,
      lifetime,
    })
    this.witness.see(`${name}: the run's timeline`, timeline)
  }

  /** One test's leak must not be the next one's: what can still be found is removed, whatever came before. */
  async #discard(left: readonly string[]): Promise<void> {
    if (left.length === 0) return
    try {
      for await (const run of this.provider.list()) {
        if (left.some((entry) => entry.includes(run.name))) await run.remove()
      }
    } catch (error) {
      if (!BerthError.isInstance(error)) throw error
    }
  }
}
