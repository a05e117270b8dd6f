import { setTimeout as sleep } from 'node:timers/promises'
import { BerthError, type LogLine, type LogQuery } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { isAbsent } from './map-docker-error.ts'
import { readLogLines, type TimedLine } from './read-log-lines.ts'

/** While a container waits to be started again the engine tells nothing about when. */
const WAIT_IN_MS = 100

/** What part of one container's log is wanted. */
export type ContainerLogQuery = Pick<LogQuery, 'since' | 'tail' | 'follow'>

/** The lines of one container; with `follow` across its restarts, until it has ended for good. */
export async function* streamContainerLog(
  host: DockerHost,
  id: string,
  name: string,
  query: ContainerLogQuery,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const position = new LogPosition(query.since)
  let { tail } = query
  for (;;) {
    const lines = await readLog(host, id, name, { ...query, tail }, position.since, signal)
    for await (const line of lines) if (position.passes(line)) yield line.line
    if (!query.follow || !(await runsAgain(host, id, signal))) return
    // What is new from here on, and not its last lines.
    tail = undefined
    position.reopen()
  }
}

async function readLog(
  { engine }: DockerHost,
  id: string,
  name: string,
  { tail, follow }: ContainerLogQuery,
  since: string | undefined,
  signal: AbortSignal,
): Promise<AsyncGenerator<TimedLine>> {
  try {
    return readLogLines(
      await engine.containers.logs(id, { since, tail, follow, timestamps: true, signal }),
      name,
    )
  } catch (error) {
    if (!isAbsent(error)) throw error
    throw new BerthError({
      code: 'not-found',
      message: `there is no container ${id} whose log could be read; it was removed, or the name is wrong`,
      cause: error,
    })
  }
}

/** Whether a container whose log has come to an end runs, or will; waits while that is open. */
async function runsAgain(
  { engine, restarting }: DockerHost,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    const inspected = await engine.containers.inspect(id, { signal })
    if (inspected === null) return false
    const { Status, Error: startError } = inspected.State
    if (Status === 'running' || Status === 'paused') {
      // A log that ends at once, whatever the reason, must not be asked for in a loop without a pause.
      await pause(signal)
      return true
    }
    const ref = inspected.Config.Labels?.['berth-run'] ?? ''
    const waits =
      Status === 'restarting' || (Status === 'created' && startError === '') || restarting.has(ref)
    if (!waits) return false
    await pause(signal)
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(WAIT_IN_MS, undefined, { signal }).catch(() => signal.throwIfAborted())
}

/** How far a log was read: it is opened again at the time of the last line, and lines of that very time are not given twice. */
class LogPosition {
  readonly #begin: Date | undefined
  #last: string | undefined
  #countAtLast = 0
  #toSkip = 0

  constructor(begin: Date | undefined) {
    this.#begin = begin
  }

  /** As the engine takes it: Unix seconds with nine decimals. */
  get since(): string | undefined {
    if (this.#last === undefined) return this.#begin && (this.#begin.getTime() / 1_000).toFixed(3)
    const fraction = /\.(\d+)/.exec(this.#last)?.[1] ?? ''
    const seconds = Math.floor(Date.parse(this.#last.replace(/\.\d+/, '')) / 1_000)
    return `${seconds}.${fraction.padEnd(9, '0')}`
  }

  reopen(): void {
    this.#toSkip = this.#countAtLast
  }

  passes({ timestamp }: TimedLine): boolean {
    if (timestamp === this.#last && this.#toSkip > 0) {
      this.#toSkip -= 1
      return false
    }
    this.#countAtLast = timestamp === this.#last ? this.#countAtLast + 1 : 1
    this.#last = timestamp ?? this.#last
    return true
  }
}
