import type { Readable, Writable } from 'node:stream'
import type { Status } from './status.ts'

export interface RemoteOptions {
  readonly stdin: boolean
  readonly tty: boolean
}

/** A running exec or attach. */
export interface RemoteSession {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** How it ended, once the last byte was delivered. Rejects with a ClusterError where the connection broke before. */
  readonly ended: Promise<Status>
  /** The first of what was printed, whoever has read it. */
  firstWords(): string
  resize(size: { readonly columns: number; readonly rows: number }): void
  close(): void
}

/** How a terminal is told that its input has ended: closing it would hang up on the program. */
export const END_OF_INPUT: string = '\u0004'

/** A terminal's size in the protocol's words. */
export function sizeMessage({ columns, rows }: Parameters<RemoteSession['resize']>[0]): string {
  return JSON.stringify({ Width: columns, Height: rows })
}

/** Resolves when whoever reads has taken all. */
export async function taken(stream: Readable): Promise<void> {
  if (stream.readableEnded) return
  await new Promise<void>((resolve, reject) => {
    stream.once('end', resolve)
    stream.once('error', reject)
    stream.once('close', () => (stream.readableEnded ? resolve() : reject(new Error('it was closed'))))
  })
}
