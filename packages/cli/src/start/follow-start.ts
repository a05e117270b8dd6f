import type { BaseRun, Mark } from '@berth/core'
import type { StartWatcher } from './start-view.ts'

/** Tells a watcher of each mark as soon as it is known, until stopped; whatever is known then is told as well. */
export function followStart(run: BaseRun, watcher: StartWatcher): { stop(): void } {
  const told = new Set<Mark>()
  const controller = new AbortController()
  const look = () => {
    for (const mark of run.timeline.marks) {
      if (told.has(mark.name)) continue
      told.add(mark.name)
      watcher.mark(mark)
    }
  }
  const listen = async () => {
    for await (const { kind, progress } of run.changes({ signal: controller.signal })) {
      if (kind === 'timeline' || kind === 'state') look()
      if (progress) watcher.busy(progress.text)
    }
  }
  // What ends the start is told by whoever waits for it to be ready.
  listen().catch(() => {})
  look()
  return {
    stop: () => {
      controller.abort()
      look()
    },
  }
}
