import type { Readable } from 'node:stream'
import type { AllExecCallOptions } from '../contract/container-run.ts'
import type { ExecResult, Session } from '../contract/session.ts'

/** Feeds a session its input, reads both outputs to the end, and waits for the exit. The session is closed whatever happens. */
export async function collectExec(
  session: Session,
  stdin: AllExecCallOptions['stdin'],
  signal: AbortSignal,
): Promise<ExecResult> {
  const abort = () => void session.close().catch(() => {})
  signal.addEventListener('abort', abort, { once: true })
  // Until all three are awaited, and after one has failed, nobody else hears of it.
  session.exited.catch(() => {})
  session.stdout.on('error', () => {})
  session.stderr.on('error', () => {})
  try {
    signal.throwIfAborted()
    feed(session, stdin)
    const [stdoutBytes, stderrBytes, exit] = await Promise.all([
      readAll(session.stdout),
      readAll(session.stderr),
      session.exited,
    ])
    signal.throwIfAborted()
    return {
      exitCode: exit.exitCode,
      signal: exit.signal,
      stdout: stdoutBytes.toString('utf8'),
      stderr: stderrBytes.toString('utf8'),
      stdoutBytes,
      stderrBytes,
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', abort)
    await session.close().catch(() => {})
  }
}

/** A command may end without reading its input: a broken pipe is its right, not our error. */
function feed(session: Session, stdin: AllExecCallOptions['stdin']): void {
  session.stdin.on('error', () => {})
  if (stdin === undefined || typeof stdin === 'string' || stdin instanceof Uint8Array) {
    session.stdin.end(stdin)
    return
  }
  stdin.on('error', (error) => session.stdin.destroy(error))
  stdin.pipe(session.stdin)
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
