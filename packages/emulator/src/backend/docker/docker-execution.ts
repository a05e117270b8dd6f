import { readFile } from 'node:fs/promises'
import type { EngineClient, HijackedSession } from '@berth/docker/engine'
import type { Ended, ExecOptions, Execution } from '../backend.ts'
import { exitCodeOf } from '../exit-code.ts'
import { mapStartError, startErrorOf } from './map-start-error.ts'

/** Runs a program beside the main process. @throws StartError */
export async function executeInContainer(
  engine: EngineClient,
  container: string,
  command: readonly string[],
  { tty, stdin, env = {}, workingDirectory, size }: ExecOptions,
): Promise<Execution> {
  const what = `${command[0]} cannot be executed`
  let id: string
  let session: HijackedSession
  try {
    id = await engine.exec.create(container, {
      Cmd: command,
      AttachStdin: stdin,
      AttachStdout: true,
      AttachStderr: true,
      Tty: tty,
      Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
      WorkingDir: workingDirectory,
    })
    session = await engine.exec.start(id, { tty })
  } catch (error) {
    throw mapStartError(error, what)
  }
  const failure = await engine.exec.startFailure(id, session)
  if (failure !== null) throw startErrorOf(failure, what)
  if (tty && size !== undefined) await resizeIfRunning(engine, id, size)

  let closed = false
  const exited = session.closed.then(async () =>
    closed
      ? { exitCode: exitCodeOf('SIGKILL'), signal: 'SIGKILL' }
      : { exitCode: await engine.exec.exitCode(id) },
  )
  exited.catch(() => {}) // told to whoever waits for it
  return {
    stdin: session.stdin,
    stdout: session.stdout,
    stderr: session.stderr,
    exited,
    async resize(newSize) {
      if (tty) await resizeIfRunning(engine, id, newSize)
    },
    async close() {
      closed = true
      await endProcess(engine, id, container)
      session.destroy()
    },
  }
}

/** A program that is over already has no terminal to resize, and that is no failure of it. */
async function resizeIfRunning(
  engine: EngineClient,
  id: string,
  size: { readonly columns: number; readonly rows: number },
): Promise<void> {
  try {
    await engine.exec.resize(id, size)
  } catch (error) {
    if ((await engine.exec.inspect(id))?.Running) throw error
  }
}

/** Joins the main process; its input is there where the container was made with `stdin`. */
export async function attachToContainer(
  engine: EngineClient,
  container: string,
  { tty, stdin }: { readonly tty: boolean; readonly stdin: boolean },
  ended: Promise<Ended>,
): Promise<Execution> {
  let session: HijackedSession
  try {
    session = await engine.containers.attach(container, { tty, stdin })
  } catch (error) {
    throw mapStartError(error, `container ${container} cannot be attached to`)
  }
  return {
    stdin: session.stdin,
    stdout: session.stdout,
    stderr: session.stderr,
    exited: ended,
    async resize(size) {
      if (tty) await engine.containers.resize(container, size)
    },
    async close() {
      session.destroy()
    },
  }
}

/**
 * Kills an executed program, which an engine has no call for: by its number, where the engine runs on this machine and the process is seen
 * to be the container's. Elsewhere it goes on until its input's end or the container's.
 */
async function endProcess(engine: EngineClient, execId: string, container: string): Promise<void> {
  const exec = await engine.exec.inspect(execId)
  if (exec === null || !exec.Running || exec.Pid <= 0) return
  const groups = await readFile(`/proc/${exec.Pid}/cgroup`, 'latin1').catch(() => '')
  if (!groups.includes(container)) return
  try {
    process.kill(-exec.Pid, 'SIGKILL')
  } catch {
    // It has ended by itself, or is another user's, as the engine of root is to everybody else.
  }
}
