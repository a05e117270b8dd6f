import type { Readable, Writable } from 'node:stream'

/** How a session ended. */
export interface SessionExit {
  /** Undefined where the cloud does not tell (capability `exec.exitCode: 'none'`, attach). */
  readonly exitCode: number | undefined
  readonly signal?: string | undefined
}

/** A running exec or attach. Unread output holds the process back, as a pipe does: read both streams, or `resume()` the one you do not need. */
export interface Session extends AsyncDisposable {
  /** `end()` half-closes: the process sees the end of its input. */
  readonly stdin: Writable
  readonly stdout: Readable
  /** Empty where the cloud merges it into stdout, and with a tty. */
  readonly stderr: Readable
  /** Resolves after the last byte of output was delivered. Rejects with a BerthError when the connection broke before. */
  readonly exited: Promise<SessionExit>
  /** Sets the terminal's size. Does nothing without a tty. */
  resize(size: { readonly columns: number; readonly rows: number }): Promise<void>
  /** Ends our side at once. What it does to the process is the cloud's: most kill it with its terminal. */
  close(): Promise<void>
}

/** A listener on this machine whose connections come out at a port of the run. */
export interface Tunnel extends AsyncDisposable {
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

/** What an exec left behind. */
export interface ExecResult {
  /** A nonzero code is a result, not an error. Undefined where the cloud does not tell. */
  readonly exitCode: number | undefined
  readonly signal?: string | undefined
  /** UTF-8 text of the output; `stdoutBytes` is exact. */
  readonly stdout: string
  readonly stderr: string
  readonly stdoutBytes: Uint8Array
  readonly stderrBytes: Uint8Array
}
