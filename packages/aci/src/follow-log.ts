import { type CallContext, delay, type LogLine, type LogQuery } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { getGroup } from './aci-calls.ts'
import { isJustOrdered } from './group-view.ts'
import { isWanted, type LogSnapshot, overlapOf, type SnapshotLine } from './log-snapshot.ts'
import { hasEnded } from './map-aci-state.ts'
import { readLog } from './read-log.ts'

const SHORTEST_PAUSE_IN_MS = 500
const LONGEST_PAUSE_IN_MS = 3_000
const GROWTH = 1.4
/** The state is asked for at every so manieth look while lines come, and at every one while none do. */
const LOOKS_A_STATE = 4

/** A log as it grows, by asking for it again and again; ends when the container has ended for good. What was lost in between is not told. */
export async function* followLog(
  account: AciAccount,
  ref: string,
  container: string,
  { since, tail }: LogQuery,
  context: CallContext,
): AsyncGenerator<LogLine> {
  let before: readonly SnapshotLine[] = []
  let left = tail
  let pauseInMs = SHORTEST_PAUSE_IN_MS
  for (let look = 0; ; look += 1) {
    const isQuiet = pauseInMs > SHORTEST_PAUSE_IN_MS
    // The state first: what is read after the end is all there is.
    const isOver =
      (isQuiet || look % LOOKS_A_STATE === 0) && (await hasContainerEnded(account, ref, container, context))
    const snapshot = await readLog(account, ref, container, undefined, context)
    const lines = wholeLines(snapshot, isOver)
    const news = lines.slice(overlapOf(before, lines))
    // A log that is empty for a moment, as between two instances, is no new beginning.
    if (lines.length > 0) before = lines
    const given = left === undefined ? news : left === 0 ? [] : news.slice(-left)
    left = undefined
    for (const { line } of given) if (isWanted(line, since)) yield line
    if (isOver) return
    pauseInMs = news.length > 0 ? SHORTEST_PAUSE_IN_MS : Math.min(LONGEST_PAUSE_IN_MS, pauseInMs * GROWTH)
    await delay(pauseInMs, context.signal)
  }
}

/** A line that is still being written waits until it is whole, or nothing more can come. */
function wholeLines({ lines, isWhole }: LogSnapshot, isOver: boolean): readonly SnapshotLine[] {
  return isWhole || isOver ? lines : lines.slice(0, -1)
}

async function hasContainerEnded(
  account: AciAccount,
  ref: string,
  container: string,
  context: CallContext,
): Promise<boolean> {
  const found = await getGroup(account, ref, context)
  if (found === null) return !isJustOrdered(account.views.get(ref))
  if (hasEnded(found.group)) return true
  const { initContainers = [], restartPolicy } = found.group.properties
  const own = [...found.group.properties.containers, ...initContainers].find(({ name }) => name === container)
  const state = own?.properties.instanceView?.currentState
  if (state?.state !== 'Terminated') return false
  const isInit = initContainers.some(({ name }) => name === container)
  return restartPolicy === 'Never' || ((isInit || restartPolicy === 'OnFailure') && state.exitCode === 0)
}
