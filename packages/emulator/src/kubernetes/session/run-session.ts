import type { Readable, Writable } from 'node:stream'
import { type Execution, StartError } from '../../backend/backend.ts'
import type { SessionStreams } from './session-streams.ts'

/** Joins a client's streams to a process until that has ended, or the client is gone. */
export async function runSession(
  streams: SessionStreams,
  open: () => Promise<Execution>,
  command: readonly string[],
): Promise<void> {
  let execution: Execution
  try {
    execution = await open()
  } catch (error) {
    streams.finish(startFailure(error, command))
    return
  }
  const { stdin, stdout, stderr } = execution
  stdin.on('error', () => {})
  streams.stdin?.on('error', () => {}).pipe(stdin)
  streams.onResize((size) => void execution.resize(size).catch(() => {}))
  void streams.closed.then(() => execution.close()).catch(() => {})
  try {
    const [{ exitCode }] = await Promise.all([
      execution.exited,
      copied(stdout, streams.stdout),
      copied(stderr, streams.stderr),
    ])
    streams.finish(exitStatus(exitCode))
  } catch (error) {
    streams.finish(internalError(error instanceof Error ? error.message : String(error)))
  }
}

/** Resolves when the client has been sent all of it. What nobody wants is read all the same. */
function copied(from: Readable, to: Writable | null): Promise<void> {
  return new Promise((resolve) => {
    from.on('error', () => resolve())
    from.once('close', () => (to === null ? resolve() : to.end()))
    if (to === null) {
      from.resume().once('end', resolve)
      return
    }
    to.once('finish', resolve)
      .once('close', resolve)
      .on('error', () => resolve())
    from.pipe(to)
  })
}

function exitStatus(exitCode: number): object {
  if (exitCode === 0) return { metadata: {}, status: 'Success' }
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  }
}

/** As containerd words it. */
function startFailure(error: unknown, command: readonly string[]): object {
  const why = error instanceof Error ? error.message : String(error)
  if (!(error instanceof StartError)) return internalError(why)
  const program = JSON.stringify(command[0] ?? '')
  const words = {
    'not-found': `OCI runtime exec failed: exec failed: unable to start container process: exec: ${program}: executable file not found in $PATH: unknown`,
    'not-executable': `OCI runtime exec failed: exec failed: unable to start container process: exec: ${program}: permission denied: unknown`,
    refused: why,
    'not-running': why,
  }[error.reason]
  return internalError(`error executing command in container: failed to exec in container: ${words}`)
}

function internalError(message: string): object {
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${message}`,
    reason: 'InternalError',
    details: { causes: [{ message }] },
    code: 500,
  }
}
