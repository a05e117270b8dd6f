import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { groupPaths } from '../state-directory.ts'
import type { GroupSupervisor } from './group-supervisor.ts'

const beatInMs = 1000
const refreshEveryBeats = 3600

/**
 * Ends the group at its deadline, and when its directory is deleted or a remover asks for it: nothing may run that can
 * no longer be found. Keeps its files fresh, because systems delete old files from temporary directories.
 */
export function guardGroup(group: GroupSupervisor): void {
  const { maxLifetimeInMs, createdAtInUs } = group.record
  const deadlineInMs =
    maxLifetimeInMs === null ? Number.POSITIVE_INFINITY : createdAtInUs / 1000 + maxLifetimeInMs
  let beats = 0
  const beat = () => {
    if (!existsSync(groupPaths('.').record) || existsSync(groupPaths('.').removing)) {
      void group.stop(0, 'SIGKILL')
    } else if (Date.now() >= deadlineInMs) {
      void group.stop(deadlineGraceInMs, 'SIGTERM')
    } else if (++beats % refreshEveryBeats === 0) refresh()
  }
  setInterval(beat, beatInMs).unref()
  const leftInMs = deadlineInMs - Date.now()
  // The beat is enough for the rest; a short life ends on time.
  if (leftInMs < 60_000) setTimeout(beat, leftInMs).unref()
}

const deadlineGraceInMs = 10_000

function refresh(): void {
  const now = new Date()
  for (const name of ['.', ...readdirSync('.')]) {
    try {
      utimesSync(name, now, now)
    } catch {
      // Deleted meanwhile; the next beat sees whether it mattered.
    }
  }
}
