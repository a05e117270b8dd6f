import { setTimeout as sleep } from 'node:timers/promises'
import { type EngineClient, parseImageReference } from './engine/index.ts'

/** The event is written before the pull's own answer ends: where it has not come so long after, it is not worth waiting for. */
const PATIENCE_IN_MS = 50

/** Listens for the end of a pull until it is disposed of. */
export interface PullEnd extends Disposable {
  /** When the engine wrote that the image is complete, in microseconds since the epoch; undefined where it did not say. */
  time(): Promise<number | undefined>
}

/** The engine's own word on when a pull ended: the answer's end tells us only that it had. */
export function listenForPullEnd(engine: EngineClient, image: string, signal: AbortSignal): PullEnd {
  const disposed = new AbortController()
  const { canonical } = parseImageReference(image)
  const time = firstPull(engine, canonical, AbortSignal.any([signal, disposed.signal])).catch(() => undefined)
  return {
    time: () => Promise.race([time, sleep(PATIENCE_IN_MS, undefined)]),
    [Symbol.dispose]: () => disposed.abort(),
  }
}

async function firstPull(engine: EngineClient, canonical: string, signal: AbortSignal) {
  const events = await engine.events({ filters: { type: ['image'], event: ['pull'] }, signal })
  for await (const { id, timeMicros } of events) {
    if (parseImageReference(id).canonical === canonical) return timeMicros
  }
  return undefined
}
