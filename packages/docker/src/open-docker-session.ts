import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecOptions, Session } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { containerName } from './docker-names.ts'
import type { ExecInspect, HijackedSession } from './engine/index.ts'
import { execStartFailure, mapDockerError } from './map-docker-error.ts'

const FIRST_PAUSE_IN_MS = 5
const LONGEST_PAUSE_IN_MS = 100
/** Podman may not tell a process' number; then a program that has run this long has started. */
const SURELY_STARTED_AFTER_MS = 5_000

/** Runs a command in a container. Throws `not-found` or `start-failed` where the program does not start. */
export async function openDockerSession(
  host: DockerHost,
  ref: string,
  command: readonly string[],
  options: ExecOptions,
  signal: AbortSignal,
): Promise<Session> {
  const { engine } = host
  const name = containerName(ref, options.container)
  const { tty, stdin, env, workingDirectory, user } = options
  const id = await engine.exec.create(
    name,
    {
      Cmd: command,
      AttachStdin: stdin,
      AttachStdout: true,
      AttachStderr: true,
      Tty: tty,
      Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
      WorkingDir: workingDirectory,
      User: user,
    },
    { signal },
  )
  const raw = await engine.exec.start(id, { tty, signal })
  try {
    const failure = await untilStarted(host, id, raw, signal)
    if (failure !== undefined) throw execStartFailure(failure, { ref: name, command })
  } catch (error) {
    raw.destroy()
    throw error
  }
  let closed = false
  const exit = raw.closed.then(async () => {
    // Where we have left before its end, nobody waits for the program.
    if (closed) return { exitCode: undefined }
    return { exitCode: await engine.exec.exitCode(id) }
  })
  const exited = exit.catch((error: unknown) => {
    throw signal.aborted ? signal.reason : mapDockerError(error, { ref: name })
  })
  exited.catch(() => {}) // whoever wants to know awaits it
  const close = async () => {
    closed = true
    raw.destroy()
  }
  return {
    stdin: raw.stdin,
    stdout: raw.stdout,
    stderr: raw.stderr,
    exited,
    async resize(size) {
      if (tty) await engine.exec.resize(id, size)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/**
 * Waits until the program runs or has run. An engine opens the session before it starts the program, and then writes its failure into the
 * output, with the code of a shell that does not find a command; only the process' number tells the two apart. Gives what the engine wrote.
 */
async function untilStarted(
  { engine }: DockerHost,
  id: string,
  raw: HijackedSession,
  signal: AbortSignal,
): Promise<string | undefined> {
  const openedAt = performance.now()
  const ended = raw.closed.then(
    () => {},
    () => {},
  )
  for (let pause = FIRST_PAUSE_IN_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_IN_MS)) {
    await Promise.race([ended, sleep(pause)])
    signal.throwIfAborted()
    const inspected = await engine.exec.inspect(id, { signal })
    if (inspected === null) return undefined
    if (neverStarted(inspected)) {
      await ended
      return String(raw.stdout.read() ?? '').trim()
    }
    if (hasStarted(inspected) || performance.now() - openedAt > SURELY_STARTED_AFTER_MS) return undefined
  }
}

function hasStarted({ Pid, Running, ExitCode }: ExecInspect): boolean {
  return Pid > 0 || (!Running && ExitCode !== null && ExitCode !== 126 && ExitCode !== 127)
}

function neverStarted({ Pid, Running, ExitCode }: ExecInspect): boolean {
  return Pid === 0 && !Running && (ExitCode === 126 || ExitCode === 127)
}
