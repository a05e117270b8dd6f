import { once } from 'node:events'
import { type BaseRun, http } from '@berth/core'
import type { Clouds } from './clouds.ts'
import type { Part } from './part.ts'
import { followStart, tell } from './show.ts'

const PORT = 80

/** Workers on one cloud or several, as many as are wanted: one that ends although nobody asked it to is replaced. */
export class WorkerPool implements AsyncDisposable {
  /** Those that serve now. */
  workers: readonly Part[] = []
  /** All that ever did, for the record. */
  readonly everStarted: Part[] = []
  #ordered = 0
  readonly #clouds: Clouds
  readonly #front: string
  readonly #changed: (workers: readonly Part[]) => Promise<void>
  readonly #closing = new AbortController()
  readonly #there = new Set<BaseRun>()
  #replaced: PromiseWithResolvers<void> = Promise.withResolvers()

  /** @param changed told of the workers that serve, whenever these change */
  constructor(clouds: Clouds, front: string, changed: (workers: readonly Part[]) => Promise<void>) {
    this.#clouds = clouds
    this.#front = front
    this.#changed = changed
  }

  /** Starts what is missing, all at once, or removes the newest that are too many. */
  async scaleTo(count: number): Promise<void> {
    const missing = Math.max(0, count - this.workers.length)
    const started = await Promise.all(Array.from({ length: missing }, () => this.#start()))
    const tooMany = this.workers.slice(count)
    this.workers = [...this.workers.slice(0, count), ...started]
    // No request goes to a worker that is about to be removed.
    await this.#changed(this.workers)
    await Promise.all(tooMany.map(({ run }) => this.#remove(run)))
  }

  /** Stops a worker as a failure would, by a handle that the pool does not know of, and waits until another serves in its place. */
  async breakAndReplace(worker: Part | undefined): Promise<void> {
    const provider = this.#clouds.workers.find(({ name }) => name === worker?.cloud)
    const replaced = this.#replaced.promise
    const other = worker && (await provider?.get(worker.run.id))
    await other?.stop({ grace: '1s' })
    await replaced
  }

  /** Goes on, replacing what fails, until ^C. */
  async untilInterrupted(): Promise<void> {
    tell('^C removes everything')
    await once(process, 'SIGINT')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    this.workers = []
    // Those too whose start has not come to its end.
    await Promise.all([...this.#there].map((run) => this.#remove(run)))
  }

  async #start(): Promise<Part> {
    this.#ordered += 1
    const name = `worker-${this.#ordered}`
    const { workers: providers, programs } = this.#clouds
    const provider = providers[this.#ordered % providers.length]
    if (provider === undefined) throw new Error('no cloud is there for workers')
    const run = await provider.run({
      ...programs.worker,
      name,
      env: { CLOUD: provider.name, NAME: name, FRONT: this.#front, PORT: String(PORT) },
      ports: [PORT],
      expose: 'public',
      ready: http('/'),
    })
    this.#there.add(run)
    const part = { name, cloud: provider.name, run }
    this.everStarted.push(part)
    await followStart(part)
    this.#replaceWhenEnded(part).catch((error: unknown) => this.#replaced.reject(error))
    return part
  }

  async #replaceWhenEnded(part: Part): Promise<void> {
    try {
      await part.run.exited({ signal: this.#closing.signal })
    } catch {
      // It was removed, or the pool is closing.
    }
    if (!this.workers.includes(part)) return
    tell(`${part.name} on ${part.cloud} has ended: another takes its place`)
    this.workers = this.workers.filter((worker) => worker !== part)
    await this.#changed(this.workers)
    await this.#remove(part.run)
    await this.scaleTo(this.workers.length + 1)
    this.#replaced.resolve()
    this.#replaced = Promise.withResolvers()
  }

  async #remove(run: BaseRun): Promise<void> {
    await run.remove()
    this.#there.delete(run)
  }
}
