import { setTimeout as delay } from 'node:timers/promises'
import type { GroupSnapshot } from './group-snapshot.ts'
import { composeSnapshot, findGroup, isSupervised, readSnapshot, requireGroup } from './read-group.ts'
import type { StateDirectory } from './state-directory.ts'
import { askSupervisor, readLines, type SupervisorReply } from './supervisor-connection.ts'

/** Which group is followed. */
export interface FollowOptions {
  /** Only the group with this uid; another of the same name is as good as absent. */
  readonly uid?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * One group as it is now and at each change, told by its supervisor within milliseconds. Returns when the group has ended, is lost, or was
 * removed. Labels are those that it was made with.
 * @throws RunnerError `not-found`; the reason of `signal`
 */
export async function* followGroup(
  state: StateDirectory,
  name: string,
  { uid, signal }: FollowOptions = {},
): AsyncGenerator<GroupSnapshot> {
  signal?.throwIfAborted()
  const found = await requireGroup(state, name, uid)
  for (;;) {
    const socket = await askSupervisor(found, { operation: 'watch' })
    if (socket !== null) {
      for await (const reply of readLines<SupervisorReply>(socket, signal)) {
        if (!('state' in reply)) continue
        yield composeSnapshot(found, found.record.labels, reply.state)
        if (reply.state.phase === 'ended') return
      }
    }
    // It may be about to listen, or about to exit.
    if ((await findGroup(state, name, found.record.uid)) === null) return
    if (!(await isSupervised(found))) {
      yield await readSnapshot(found)
      return
    }
    await delay(5, undefined, { signal }).catch(() => signal?.throwIfAborted())
  }
}
