import { type FSWatcher, watch } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { GroupSnapshot } from './group-snapshot.ts'
import { readLabels } from './labels.ts'
import {
  composeSnapshot,
  type FoundGroup,
  findGroup,
  isSupervised,
  listGroupNames,
  listGroups,
  readSnapshot,
} from './read-group.ts'
import { openStateDirectory, type StateDirectory } from './state-directory.ts'
import { askSupervisor, readLines, type SupervisorReply } from './supervisor-connection.ts'

/** Something that a watcher of a state directory learns. */
export type GroupChange =
  /** Every group as it was when the watch began: the first thing told. */
  | { readonly type: 'resync'; readonly groups: readonly GroupSnapshot[] }
  /** A group is new or has changed. */
  | { readonly type: 'changed'; readonly group: GroupSnapshot }
  | { readonly type: 'removed'; readonly name: string; readonly uid: string }

/** How often everything is read again: what the system reports of a directory may be lost, and labels are not pushed. */
const rescanInMs = 500

/**
 * Tells every change of every group, within milliseconds: each supervisor pushes its group's state over a connection
 * of its own, and new and removed groups show in the directory. A changed label shows within half a second.
 * @throws the reason of `signal`, which is how it ends; RunnerError `unavailable`
 */
export async function* watchGroups(state: StateDirectory, signal?: AbortSignal): AsyncGenerator<GroupChange> {
  signal?.throwIfAborted()
  await openStateDirectory(state)
  const groupsWatch = new GroupsWatch(state)
  const abort = () => groupsWatch.end(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    yield await groupsWatch.begin()
    for (;;) {
      signal?.throwIfAborted()
      yield* await groupsWatch.take()
    }
  } finally {
    signal?.removeEventListener('abort', abort)
    groupsWatch.end(new Error('the watch has ended'))
  }
}

class GroupsWatch {
  readonly #state: StateDirectory
  readonly #ending = new AbortController()
  readonly #followed = new Set<string>()
  readonly #connected = new Set<string>()
  /** What was told last, by uid. */
  readonly #told = new Map<string, { group: GroupSnapshot; text: string }>()
  #changes: GroupChange[] = []
  #failure: { reason: unknown } | null = null
  #wake = () => {}
  #scanning = false
  #scanAgain = false

  constructor(state: StateDirectory) {
    this.#state = state
  }

  async begin(): Promise<GroupChange> {
    // Before the first reading, so that nothing falls between.
    const watcher = this.#watchDirectory()
    const timer = setInterval(() => this.#scan(), rescanInMs)
    this.#ending.signal.addEventListener('abort', () => {
      clearInterval(timer)
      watcher?.close()
    })
    const groups = await listGroups(this.#state)
    for (const group of groups) this.#remember(group)
    this.#scan()
    return { type: 'resync', groups }
  }

  /** The changes since the last call; waits for one. Throws what ended the watch. */
  async take(): Promise<GroupChange[]> {
    while (this.#changes.length === 0) {
      if (this.#failure !== null) throw this.#failure.reason
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const changes = this.#changes
    this.#changes = []
    return changes
  }

  end(reason: unknown): void {
    this.#failure ??= { reason }
    this.#ending.abort()
    this.#wake()
  }

  #watchDirectory(): FSWatcher | null {
    try {
      const watcher = watch(this.#state.groups, () => this.#scan())
      watcher.on('error', () => watcher.close())
      return watcher
    } catch {
      // Too many watches on this machine, say: the timer finds the same, later.
      return null
    }
  }

  #scan(): void {
    if (this.#scanning) {
      this.#scanAgain = true
      return
    }
    this.#scanning = true
    this.#scanOnce().then(
      () => {
        this.#scanning = false
        if (!this.#scanAgain || this.#ending.signal.aborted) return
        this.#scanAgain = false
        this.#scan()
      },
      (error) => this.end(error),
    )
  }

  async #scanOnce(): Promise<void> {
    const names = await listGroupNames(this.#state)
    const groups = (await Promise.all(names.map((name) => findGroup(this.#state, name)))).filter(
      (group) => group !== null,
    )
    const uids = new Set(groups.map((group) => group.record.uid))
    for (const [uid, { group }] of this.#told) {
      if (uids.has(uid)) continue
      this.#told.delete(uid)
      this.#add({ type: 'removed', name: group.name, uid })
    }
    await Promise.all(
      groups.map(async (found) => {
        const told = this.#connected.has(found.record.uid) && this.#told.get(found.record.uid)
        // Of a group whose supervisor pushes its state, only the labels may be news.
        if (told)
          this.#tell({ ...told.group, labels: await readLabels(found.directory, found.record.labels) })
        else this.#tell(await readSnapshot(found))
        if (this.#followed.has(found.record.uid)) return
        this.#follow(found).catch((error) => this.end(error))
      }),
    )
  }

  /** Hears of a group from its supervisor while there is one. */
  async #follow(found: FoundGroup): Promise<void> {
    const { signal } = this.#ending
    this.#followed.add(found.record.uid)
    while (!signal.aborted) {
      const socket = await askSupervisor(found, { operation: 'watch' })
      if (socket !== null) {
        this.#connected.add(found.record.uid)
        for await (const reply of readLines<SupervisorReply>(socket, signal)) {
          if (!('state' in reply)) continue
          this.#tell(
            composeSnapshot(found, await readLabels(found.directory, found.record.labels), reply.state),
          )
        }
      }
      this.#connected.delete(found.record.uid)
      // It may be about to listen, or about to exit.
      if (!(await isSupervised(found))) break
      await delay(5)
    }
    // How it ended, or that it was lost or removed.
    if (!signal.aborted) this.#scan()
  }

  #tell(group: GroupSnapshot): void {
    const told = this.#told.get(group.uid)
    // A file that was read a moment ago may be older than what the supervisor has pushed meanwhile.
    if (told !== undefined && told.group.revision > group.revision) return
    if (this.#remember(group)) this.#add({ type: 'changed', group })
  }

  #remember(group: GroupSnapshot): boolean {
    const text = JSON.stringify(group)
    if (this.#told.get(group.uid)?.text === text) return false
    this.#told.set(group.uid, { group, text })
    return true
  }

  #add(change: GroupChange): void {
    this.#changes.push(change)
    this.#wake()
  }
}
