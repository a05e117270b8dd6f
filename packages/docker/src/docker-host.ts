import type { EngineClient } from './engine/index.ts'

/** An engine, with what this process is doing on it: what every verb works with. */
export interface DockerHost {
  readonly engine: EngineClient
  /** `linux/arm64`: what containers are made for where their plan does not say. Default: the engine's own. */
  readonly platform: string | undefined
  /** Runs that a verb of this process has in hand: others need not ask the engine about what it is told anyway. */
  readonly creating: Set<string>
  readonly restarting: Set<string>
  readonly removing: Set<string>
  /** Event streams that are being opened; each settles when it has been, or has failed. */
  readonly opening: Set<Promise<unknown>>
}

/** Binds to an engine. No I/O. */
export function dockerHost(engine: EngineClient, platform: string | undefined): DockerHost {
  return {
    engine,
    platform,
    creating: new Set(),
    restarting: new Set(),
    removing: new Set(),
    opening: new Set(),
  }
}

/** Marks a run as in hand while the work lasts. */
export async function whileIn<T>(refs: Set<string>, ref: string, work: () => Promise<T>): Promise<T> {
  refs.add(ref)
  try {
    return await work()
  } finally {
    refs.delete(ref)
  }
}
