import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { GroupState } from './group-record.ts'
import { readJsonFile } from './json-file.ts'
import { LastLines } from './last-lines.ts'
import { LogDecoder, type LogRecord, type StoredLogRecord } from './log-format.ts'
import { type FoundGroup, isSupervised } from './read-group.ts'
import { RunnerError, systemErrorCode } from './runner-error.ts'
import { groupPaths } from './state-directory.ts'
import { askSupervisor, type LogTick, readLines } from './supervisor-connection.ts'

/** Which part of a group's log is read. */
export interface LogOptions {
  /** Only this container's output. Default: that of all. */
  readonly container?: string | undefined
  /** Only this stream. Default: both. */
  readonly stream?: 'stdout' | 'stderr' | undefined
  /** Only what was written at this time or later, in microseconds since 1970. */
  readonly sinceInUs?: number | undefined
  /** Of what is there, only so many lines from the end. */
  readonly tail?: number | undefined
  /** Only the run before the container's last start. Needs `container`; cannot be followed. Default false. */
  readonly previous?: boolean | undefined
  /** Goes on with what comes until the container (or the group) has ended or the group is removed. Default false. */
  readonly follow?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The output of a group in the order in which it was read, byte for byte. What a container wrote before its end was
 * told is always complete.
 * @throws RunnerError `not-found` for a container that the group has not; TypeError; the reason of `signal`
 */
export async function* readLogs(found: FoundGroup, options: LogOptions = {}): AsyncGenerator<LogRecord> {
  const { container, follow = false, previous = false, signal } = options
  const names = [...found.record.initContainers, ...found.record.containers].map(({ name }) => name)
  if (container !== undefined && !names.includes(container)) {
    throw new RunnerError(
      'not-found',
      `group ${found.record.name} has no container ${JSON.stringify(container)}`,
    )
  }
  if (previous && (container === undefined || follow)) {
    throw new TypeError('the previous log is that of one named container, and it does not grow')
  }
  const toRecord = ({ containerIndex, ...record }: StoredLogRecord) => ({
    container: names[containerIndex] ?? '',
    ...record,
  })
  const containerIndex = container === undefined ? null : names.indexOf(container)
  const instance = previous ? (await currentInstance(found, containerIndex)) - 1 : null
  const matches = matcher(options, containerIndex, instance)

  await using reader = await LogFile.open(found)
  const lastLines = options.tail === undefined ? null : new LastLines(options.tail)
  for await (const records of reader.unread(signal)) {
    if (lastLines === null) yield* records.filter(matches).map(toRecord)
    else lastLines.add(records.filter(matches))
  }
  if (lastLines !== null) yield* lastLines.records().map(toRecord)
  if (!follow) return
  for await (const records of reader.follow(container ?? null, signal)) {
    yield* records.filter(matches).map(toRecord)
  }
}

function matcher(options: LogOptions, containerIndex: number | null, instance: number | null) {
  return (record: StoredLogRecord) =>
    (containerIndex === null || record.containerIndex === containerIndex) &&
    (instance === null || record.instance === instance) &&
    (options.stream === undefined || record.stream === options.stream) &&
    (options.sinceInUs === undefined || record.timeInUs >= options.sinceInUs)
}

async function currentInstance(found: FoundGroup, containerIndex: number | null): Promise<number> {
  const state = await readJsonFile<GroupState>(groupPaths(found.directory).state)
  return state?.containers[containerIndex ?? 0]?.restartCount ?? 0
}

const blockSize = 256 * 1024

/** The log file of a group, read from where the last reading ended. */
class LogFile {
  readonly #found: FoundGroup
  readonly #decoder = new LogDecoder()
  #handle: FileHandle | null
  #position = 0

  private constructor(found: FoundGroup, handle: FileHandle | null) {
    this.#found = found
    this.#handle = handle
  }

  static async open(found: FoundGroup): Promise<LogFile> {
    return new LogFile(found, await openIfPresent(found))
  }

  /** What is in the file and was not read yet, block by block. */
  async *unread(signal?: AbortSignal): AsyncGenerator<StoredLogRecord[]> {
    this.#handle ??= await openIfPresent(this.#found)
    while (this.#handle !== null) {
      signal?.throwIfAborted()
      // A block of its own each time: the records are views of it.
      const block = Buffer.allocUnsafe(blockSize)
      const { bytesRead } = await this.#handle.read(block, 0, block.length, this.#position)
      if (bytesRead === 0) return
      this.#position += bytesRead
      yield this.#decoder.push(block.subarray(0, bytesRead))
    }
  }

  /** What is appended, as the supervisor tells of it, until no more can come. */
  async *follow(container: string | null, signal?: AbortSignal): AsyncGenerator<StoredLogRecord[]> {
    for (;;) {
      const socket = await askSupervisor(this.#found, { operation: 'follow', container })
      if (socket === null) {
        // It may be about to listen; when it is gone, what it wrote last is there.
        const expected = await isSupervised(this.#found)
        yield* this.unread(signal)
        if (!expected) return
        await delay(5, undefined, { signal }).catch(() => signal?.throwIfAborted())
        continue
      }
      for await (const tick of readLines<LogTick>(socket, signal)) {
        if (tick.size > this.#position) yield* this.unread(signal)
        if (tick.ended) return
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle?.close()
  }
}

async function openIfPresent(found: FoundGroup): Promise<FileHandle | null> {
  try {
    return await open(groupPaths(found.directory).log, 'r')
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null
    throw error
  }
}
