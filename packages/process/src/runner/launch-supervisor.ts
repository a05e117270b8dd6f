import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { GroupRecord, GroupState, StartMessage } from './group-record.ts'
import { messageOf, RunnerError } from './runner-error.ts'
import { scriptArguments } from './script-path.ts'
import { distantSocketDirectory, groupPaths, makePrivateDirectory, socketPath } from './state-directory.ts'
import type { SupervisorReply } from './supervisor-connection.ts'

/**
 * Starts the process that will watch over a group and waits until it has spawned the first containers. It is detached
 * and outlives this one. The environments go through its stdin, so they are never on disk nor in its own environment.
 * @throws RunnerError `start-failed` when it ends before it answers; the reason of `signal`
 */
export async function launchSupervisor(
  directory: string,
  record: GroupRecord,
  message: StartMessage,
  signal?: AbortSignal,
): Promise<GroupState> {
  signal?.throwIfAborted()
  if (socketPath(directory, record.uid).startsWith(distantSocketDirectory())) {
    await makePrivateDirectory(distantSocketDirectory())
  }
  const errorLog = openSync(groupPaths(directory).supervisorLog, 'a', 0o600)
  try {
    const supervisor = spawn(process.execPath, [...scriptArguments('supervisor'), directory, record.uid], {
      // Bound to the directory itself: should the group be removed and its name be given away, this stays with the old.
      cwd: directory,
      env: supervisorEnvironment(),
      detached: true,
      windowsHide: true,
      stdio: ['pipe', 'pipe', errorLog],
    })
    try {
      return await handOver(supervisor, directory, message, signal)
    } catch (error) {
      await endSupervisor(supervisor)
      throw error
    }
  } finally {
    closeSync(errorLog)
  }
}

/** Of a start that failed nothing may be left, the supervisor least of all. What it had spawned is found and ended by the removal that follows. */
async function endSupervisor(supervisor: ChildProcess): Promise<void> {
  if (supervisor.pid === undefined || supervisor.exitCode !== null || supervisor.signalCode !== null) return
  const ended = once(supervisor, 'exit')
  supervisor.ref()
  supervisor.kill('SIGKILL')
  await ended
}

function handOver(
  supervisor: ChildProcess,
  directory: string,
  message: StartMessage,
  signal?: AbortSignal,
): Promise<GroupState> {
  let abort = () => {}
  return new Promise<GroupState>((resolve, reject) => {
    let answer = ''
    abort = () => reject(signal?.reason)
    const fail = async (cause: unknown) => {
      const log = await readFile(groupPaths(directory).supervisorLog, 'utf8').catch(() => '')
      const detail = [messageOf(cause), log.trim().slice(-2000)].filter((part) => part !== '').join(': ')
      reject(
        new RunnerError('start-failed', `the supervisor of ${directory} did not start: ${detail}`, { cause }),
      )
    }
    signal?.addEventListener('abort', abort, { once: true })
    supervisor.on('error', fail)
    supervisor.on('close', (code, killedBy) => fail(new Error(`it ended with ${killedBy ?? code}`)))
    supervisor.stdout?.setEncoding('utf8').on('data', (text: string) => {
      answer += text
      if (!answer.endsWith('\n')) return
      const reply = JSON.parse(answer) as SupervisorReply
      if ('state' in reply) resolve(reply.state)
      else reject(new RunnerError(reply.code, reply.message))
    })
    // A supervisor that has ended already is told by `close`.
    supervisor.stdin?.on('error', () => {}).end(`${JSON.stringify(message)}\n`)
  }).finally(() => {
    signal?.removeEventListener('abort', abort)
    supervisor.removeAllListeners('close')
    supervisor.unref()
    supervisor.stdout?.destroy()
    supervisor.stdin?.destroy()
  })
}

/** Only what a program needs to be found, and to be compiled once: credentials in our own environment are none of the containers' business. */
function supervisorEnvironment(): Record<string, string> {
  const names =
    process.platform === 'win32' ? ['PATH', 'Path', 'SystemRoot', 'TEMP', 'USERPROFILE'] : ['PATH', 'LANG']
  names.push('NODE_COMPILE_CACHE')
  const found = names.map((name) => [name, process.env[name]] as const)
  return Object.fromEntries(
    found.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  )
}
