import type { ExecOptions, Session } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { containerName } from './docker-names.ts'
import { execStartFailure, mapDockerError } from './map-docker-error.ts'

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
    const failure = await engine.exec.startFailure(id, raw, { signal })
    if (failure !== null) throw execStartFailure(failure, { ref: name, command })
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
