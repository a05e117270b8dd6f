import { setTimeout as delay } from 'node:timers/promises'
import type { Started, StartRequest } from '../contenders/contender.ts'
import type { ContenderName } from '../contenders/open-contender.ts'
import type { Bench } from './benchmark.ts'
import { removeLabelled } from './owned-containers.ts'

/** The engine finishes what a removal leaves to it (namespaces, port proxies) before the next start. */
const PAUSE_IN_MS = 100

/** What one start gave: itself, or why it failed, and what was read from the container before it went. */
export interface Outcome<Evidence> {
  readonly started?: Started
  readonly evidence?: Evidence
  readonly failure?: string
}

/**
 * Has a contender start one container, reads evidence from it, and has it removed; what of that is not the start lies outside of the
 * measured time. A failure is an outcome as well: nothing is tried again.
 */
export async function startOnce<Evidence = undefined>(
  { contenders, engine, labels }: Bench,
  name: ContenderName,
  request: StartRequest,
  readEvidence?: (started: Started) => Promise<Evidence>,
): Promise<Outcome<Evidence>> {
  const contender = await contenders.of(name)
  try {
    const started = await contender.start(request)
    const evidence = await readEvidence?.(started)
    await contender.remove(started.containerId)
    await delay(PAUSE_IN_MS)
    return evidence === undefined ? { started } : { started, evidence }
  } catch (error) {
    // what a failed contender leaves must not disturb the next
    for (const [key, value] of Object.entries(labels)) await removeLabelled(engine, `${key}=${value}`)
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
