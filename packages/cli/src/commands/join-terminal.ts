import type { Session, SessionExit } from '@berth/core'

export interface JoinOptions {
  /** Hands every key to the command as it is, and tells it the terminal's size. */
  readonly tty: boolean
  /** Passes our input on; else the command sees its end at once. */
  readonly interactive: boolean
  readonly signal: AbortSignal
}

/** Ties a session to this process' own streams until its command has ended. Throws the signal's reason where that comes first. */
export async function joinTerminal(
  session: Session,
  { tty, interactive, signal }: JoinOptions,
): Promise<SessionExit> {
  const { stdin, stdout, stderr } = process
  const resize = () => {
    session.resize({ columns: stdout.columns || 80, rows: stdout.rows || 24 }).catch(() => {})
  }
  const abort = () => void session.close().catch(() => {})
  signal.addEventListener('abort', abort, { once: true })
  // The command may end without reading all of its input.
  session.stdin.on('error', () => {})
  if (interactive) stdin.pipe(session.stdin)
  else session.stdin.end()
  if (tty) {
    if (interactive) stdin.setRawMode(true)
    resize()
    stdout.on('resize', resize)
  }
  session.stdout.pipe(stdout, { end: false })
  session.stderr.pipe(stderr, { end: false })
  try {
    const exit = await session.exited
    signal.throwIfAborted()
    return exit
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', abort)
    stdout.off('resize', resize)
    if (tty && interactive) stdin.setRawMode(false)
    stdin.unpipe(session.stdin)
    stdin.pause()
    await session.close().catch(() => {})
  }
}
