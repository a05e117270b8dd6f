import { redact } from '@berth/core'

/** Where a command writes: results to stdout, words about them to stderr. No known secret passes. */
export class Output {
  /** Whether stdout carries JSON and nothing else. */
  readonly json: boolean

  /** @param unwritable is called when stdout takes no more: `EPIPE` where nobody reads it, `ENOSPC` where its disk is full */
  constructor(json: boolean, unwritable: (error: NodeJS.ErrnoException) => void) {
    this.json = json
    process.stdout.on('error', unwritable)
  }

  /** A line of a result for people. Not with `--json`. */
  print(text: string): void {
    if (!this.json) writeLine(process.stdout, text)
  }

  /** A line about what goes on. Not with `--json`, where the document says it. */
  note(text: string): void {
    if (!this.json) writeLine(process.stderr, text)
  }

  /** A line that people need whatever else was asked for. */
  warn(text: string): void {
    writeLine(process.stderr, text)
  }

  /** A JSON document, or one line of a stream of them. */
  document(value: unknown): void {
    // Text by text: masking the finished line could hit a field's name.
    const masked = JSON.stringify(value, (_, part) => (typeof part === 'string' ? redact(part) : part))
    if (process.stdout.writable) process.stdout.write(`${masked}\n`)
  }

  /** A container's own line, on the stream it came from. */
  passOn(stream: 'stdout' | 'stderr', text: string): void {
    writeLine(process[stream], text)
  }
}

/** Resolves when all that was written is on its way: on some platforms pipes are asynchronous. */
export async function flushOutput(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writable) await new Promise<void>((resolve) => stream.write('', () => setImmediate(resolve)))
  }
}

function writeLine(stream: NodeJS.WriteStream, text: string): void {
  if (stream.writable) stream.write(`${redact(text)}\n`)
}
