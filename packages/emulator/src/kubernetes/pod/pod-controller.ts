import type { FaultEffect } from '../../fault/fault-rule.ts'
import type { Pod } from '../objects/pod.ts'
import type { RestParts } from '../rest/rest-parts.ts'
import { PodLife } from './pod-life.ts'

/** The lives of all Pods: begun when one is made, ended when one is deleted. */
export class PodController {
  readonly #lives = new Map<string, PodLife>()
  readonly #parts: RestParts
  readonly #ending = new Set<Promise<void>>()

  constructor(parts: RestParts) {
    this.#parts = parts
    parts.store.subscribe('pods', ({ type, object }) => {
      const life = this.#lives.get(object.metadata.uid ?? '')
      if (!life) return
      if (type === 'DELETED') this.#abandon(life)
      else if (object.metadata.deletionTimestamp)
        life.terminate(object.metadata.deletionGracePeriodSeconds ?? 0)
    })
  }

  /** Begins the life of a Pod that was just made, with the faults that strike it. */
  begin(pod: Pod, effects: readonly FaultEffect[]): void {
    const life = new PodLife(this.#parts, pod, effects)
    this.#lives.set(life.uid, life)
    life.begin()
  }

  find({ metadata }: Pod): PodLife | undefined {
    return this.#lives.get(metadata.uid ?? '')
  }

  async close(): Promise<void> {
    await Promise.all([...[...this.#lives.values()].map((life) => life.close()), ...this.#ending])
  }

  /** What still runs of it is ended after the object is gone. */
  #abandon(life: PodLife): void {
    this.#lives.delete(life.uid)
    life.abandon()
    const end = life.close().catch((error: unknown) => console.error('berth emulator:', error))
    this.#ending.add(end)
    void end.finally(() => this.#ending.delete(end))
  }
}
