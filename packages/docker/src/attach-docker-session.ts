import { Writable } from 'node:stream'
import { type AttachOptions, BerthError, type Session } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { containerName } from './docker-names.ts'
import { mapDockerError } from './map-docker-error.ts'

/** Joins the output of a container's main process from now on. Its input is closed: see the capability `attach`. */
export async function attachDockerSession(
  { engine }: DockerHost,
  ref: string,
  { container }: AttachOptions,
  signal: AbortSignal,
): Promise<Session> {
  const name = containerName(ref, container)
  const before = await engine.containers.inspect(name, { signal })
  if (before === null) {
    throw new BerthError({
      code: 'not-found',
      message: `${name} is not there, so nothing can be attached to`,
    })
  }
  const raw = await engine.containers.attach(name, { tty: before.Config.Tty, signal })
  let closed = false
  const exited = raw.closed.then(
    async () => {
      const after = closed ? null : await engine.containers.inspect(name).catch(() => null)
      return { exitCode: after?.State.Status === 'exited' ? after.State.ExitCode : undefined }
    },
    (error: unknown) => {
      throw signal.aborted ? signal.reason : mapDockerError(error, { ref: name })
    },
  )
  exited.catch(() => {}) // whoever wants to know awaits it
  const close = async () => {
    closed = true
    raw.destroy()
  }
  return {
    stdin: new Writable({
      write: (_chunk, _encoding, done) => done(new Error(`${name} has no input to write to`)),
    }),
    stdout: raw.stdout,
    stderr: raw.stderr,
    exited,
    async resize() {},
    close,
    [Symbol.asyncDispose]: close,
  }
}
