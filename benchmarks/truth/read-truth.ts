import { setTimeout as delay } from 'node:timers/promises'
import type { EngineSocket } from '../harness/engine-socket.ts'

/** What the container's own log says of its start, in microseconds. */
export interface Truth {
  /** The program's first instruction, by CLOCK_MONOTONIC. */
  readonly main: number
  /** Just before listen(2). */
  readonly listen: number
  /** Just after listen(2). */
  readonly listening: number
  /** The first connection taken. */
  readonly accepted: number
  /** What to add to CLOCK_MONOTONIC for the wall clock, as it was at `main`. */
  readonly wallOffset: number
}

/** The engine writes what a container prints to its log a while later. */
const LONGEST_DELAY_IN_MS = 5_000
const LOOK_AGAIN_IN_MS = 20

/** @throws Error where the log lacks an event: the container is not of the truth image, or nothing has connected */
export async function readTruth(engine: EngineSocket, containerId: string): Promise<Truth> {
  return await readTruthOf(
    async () => (await engine.send('GET', `/containers/${containerId}/logs?stdout=1`)).text,
  )
}

/** The same from whoever gives the log. */
export async function readTruthOf(readLog: () => Promise<string>): Promise<Truth> {
  const givenUpAt = performance.now() + LONGEST_DELAY_IN_MS
  for (;;) {
    const text = await readLog()
    if (/\baccepted \d+ \d+\n/.test(text) || performance.now() > givenUpAt) return parseTruth(text)
    await delay(LOOK_AGAIN_IN_MS)
  }
}

function parseTruth(log: string): Truth {
  const monotonic = (event: string) => stamps(log, event).monotonic
  const main = stamps(log, 'main')
  return {
    main: main.monotonic,
    listen: monotonic('listen'),
    listening: monotonic('listening'),
    accepted: monotonic('accepted'),
    wallOffset: main.wall - main.monotonic,
  }
}

function stamps(log: string, event: string): { monotonic: number; wall: number } {
  const [, monotonic, wall] = new RegExp(`\\b${event} (\\d+) (\\d+)`).exec(log) ?? []
  if (monotonic === undefined || wall === undefined)
    throw new Error(`the container's log tells no "${event}": ${log}`)
  return { monotonic: Number(monotonic) / 1_000, wall: Number(BigInt(wall) / 1_000n) }
}
