import { chmod, lstat, mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { RunnerError, systemErrorCode } from './runner-error.ts'

/**
 * Where groups live when no directory is given: `$XDG_RUNTIME_DIR/berth-process-<uid>`, or the same in the system's
 * directory for temporary files.
 */
export function defaultStateDirectory(): string {
  return join(process.env.XDG_RUNTIME_DIR || tmpdir(), `berth-process-${userId()}`)
}

/** The places inside a state directory. */
export interface StateDirectory {
  readonly path: string
  /** One directory a group, named for it: what is not here does not exist. */
  readonly groups: string
  /** Groups that are being written, before they exist. */
  readonly staging: string
  /** Groups that no longer exist, while their files are deleted. */
  readonly trash: string
}

export function stateDirectory(path: string): StateDirectory {
  const absolute = resolve(path)
  return {
    path: absolute,
    groups: join(absolute, 'groups'),
    staging: join(absolute, 'staging'),
    trash: join(absolute, 'trash'),
  }
}

/**
 * Makes the state directory where it is missing, closed to other users.
 * @throws RunnerError `unavailable` when it belongs to another user, who could read what runs or plant groups
 */
export async function openStateDirectory(directory: StateDirectory): Promise<void> {
  await makePrivateDirectory(directory.path)
  for (const path of [directory.groups, directory.staging, directory.trash]) {
    await mkdir(path, { recursive: true, mode: 0o700 })
  }
}

/** Makes a directory with mode 0700; one that exists must be ours, and is closed to others. */
export async function makePrivateDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error
  }
  if (process.platform === 'win32') return
  const found = await lstat(path)
  if (!found.isDirectory() || found.uid !== userId()) {
    throw new RunnerError(
      'unavailable',
      `${path} is not a directory of this user, so groups cannot be kept in it; choose another with the option directory`,
    )
  }
  if ((found.mode & 0o077) !== 0) await chmod(path, 0o700)
}

/** The places inside the directory of one group. */
export function groupPaths(groupDirectory: string) {
  return {
    record: join(groupDirectory, 'group.json'),
    state: join(groupDirectory, 'state.json'),
    supervisor: join(groupDirectory, 'supervisor.json'),
    supervisorLog: join(groupDirectory, 'supervisor.log'),
    /** Its presence forbids a supervisor to start anything. */
    removing: join(groupDirectory, 'removing'),
    log: join(groupDirectory, 'log'),
    /** One file for each label changed since the group was made. */
    labels: join(groupDirectory, 'labels'),
    /** One file for each process that is alive, named by its number. */
    processes: join(groupDirectory, 'processes'),
    volumes: join(groupDirectory, 'volumes'),
    root: (container: string) => join(groupDirectory, 'containers', container),
  }
}

/** The numeric user id, or the user's name where there is none (Windows). */
function userId(): number | string {
  return process.getuid?.() ?? userInfo().username
}

// A socket's path may have 108 bytes on Linux and 104 on macOS, the closing zero included.
const longestSocketPath = 103

/** Where a group's supervisor listens: in the group's directory, or elsewhere when that path would be too long. */
export function socketPath(groupDirectory: string, uid: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\berth-process-${uid}`
  const inside = join(groupDirectory, 'socket')
  return Buffer.byteLength(inside) <= longestSocketPath ? inside : join(distantSocketDirectory(), uid)
}

/** The directory of sockets whose own place has too long a path. */
export function distantSocketDirectory(): string {
  return `/tmp/berth-process-${userId()}-sockets`
}
