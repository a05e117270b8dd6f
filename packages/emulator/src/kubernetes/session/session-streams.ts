import type { Readable, Writable } from 'node:stream'

/** The client's side of an exec or attach, whatever carries it. */
export interface SessionStreams {
  /** Null where the client gives none. */
  readonly stdin: Readable | null
  readonly stdout: Writable | null
  readonly stderr: Writable | null
  /** Calls with each size that the client's terminal takes. */
  onResize(listener: (size: { readonly columns: number; readonly rows: number }) => void): void
  /** Tells how it ended, by an object of kind Status, and closes. */
  finish(status: object): void
  /** Resolves when the client is gone. */
  readonly closed: Promise<void>
}

/** What a client asks for in the query of an exec or attach. */
export interface SessionOptions {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  readonly tty: boolean
}

/** A terminal's size in the protocol's words; null for what is none. */
export function readSize(text: string): { readonly columns: number; readonly rows: number } | null {
  try {
    const { Width = 0, Height = 0 } = JSON.parse(text) as { Width?: number; Height?: number }
    return Width > 0 && Height > 0 ? { columns: Width, rows: Height } : null
  } catch {
    return null
  }
}
