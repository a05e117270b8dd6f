import { http } from '@berth/core'
import { docker } from '@berth/docker'
import { nowInMicros } from '../harness/monotonic-clock.ts'
import type { Contender } from './contender.ts'

/** Berth as its README shows it. */
export function berth(): Contender {
  const provider = docker()
  const running = new Map<string, { remove(): Promise<void> }>()
  return {
    async start({ image, command, port, labels }) {
      const beganAt = nowInMicros()
      const run = await provider.run({
        image,
        ports: [port],
        labels,
        ready: http('/'),
        ...(command.length > 0 && { args: command }),
      })
      await run.ready()
      const readyAt = nowInMicros()
      running.set(run.ref, run)
      return { containerId: run.ref, beganAt, readyAt } // the engine takes a container's name for its id
    },
    async remove(containerId) {
      await running.get(containerId)?.remove()
      running.delete(containerId)
    },
    close: () => provider.close(),
  }
}
