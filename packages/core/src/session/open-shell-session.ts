import type { Duplex, Readable } from 'node:stream'
import { untilAborted } from '../call/until-aborted.ts'
import type { Session, SessionExit } from '../contract/session.ts'
import { BerthError } from '../errors/berth-error.ts'
import { builtinStream } from './builtin-stream.ts'
import { shellInput } from './shell-input.ts'
import { type ShellCommand, shellScript } from './shell-script.ts'
import { type ShellWord, WordReader } from './word-reader.ts'

export interface ShellSessionOptions {
  /** What runs the command, for messages: `web-1a2b`. */
  readonly subject: string
  readonly signal: AbortSignal
  /** Sets the size of the terminal of this name inside the container. Left out where that cannot be. */
  readonly resize?: ((terminal: string, ...size: Parameters<Session['resize']>) => Promise<void>) | undefined
}

/** A shell that has not said hello by then is none. */
const HELLO_WITHIN_MS = 30_000

/**
 * Makes a session of the raw connection to a shell that somebody has started in a container, with a terminal or without: types the command into
 * it (`shellScript`). For clouds whose own exec takes no arguments, tells no exit code or cannot half-close. Resolves when the command runs;
 * throws `not-found` where there is no such program or directory, `start-failed` where there is no shell.
 */
export async function openShellSession(
  channel: Duplex,
  command: ShellCommand,
  { subject, signal, resize }: ShellSessionOptions,
): Promise<Session> {
  const { greeting, script, mark } = shellScript(command)
  const reader = new WordReader(mark)
  const begun = Promise.withResolvers<ShellWord>()
  const exit = Promise.withResolvers<SessionExit>()
  for (const { promise } of [begun, exit]) promise.catch(() => {}) // whoever wants to know awaits it
  const stdout = outputOf(channel)
  let code: number | undefined
  let closed = false
  let failure: Error | undefined
  channel.on('data', (chunk: Uint8Array) => {
    const { output, words } = reader.push(chunk)
    if (output.length > 0 && !stdout.destroyed && !stdout.push(output)) channel.pause()
    for (const word of words) {
      if (word.kind === 'hello') channel.write(script)
      else if (word.kind === 'ended') code = word.exitCode
      else begun.resolve(word)
    }
    if (code !== undefined) channel.destroy()
  })
  channel.on('error', (error) => {
    failure = error
  })
  // Nothing more comes; that we could still write is of no use.
  channel.once('end', () => channel.destroy())
  channel.once('close', () => {
    begun.reject(failure === undefined ? noShell(subject, reader.preface) : broken(subject, failure))
    if (code !== undefined) {
      stdout.push(null)
      void taken(stdout).then(() => exit.resolve({ exitCode: code }))
      return
    }
    if (closed) exit.resolve({ exitCode: undefined })
    else exit.reject(signal.aborted ? signal.reason : broken(subject, failure))
    stdout.destroy()
  })
  const limit = setTimeout(() => begun.reject(noShell(subject, reader.preface)), HELLO_WITHIN_MS)
  try {
    channel.write(greeting)
    const word = await untilAborted(begun.promise, signal)
    refuse(word, command, subject)
    const terminal = word.kind === 'running' ? word.terminal : ''
    const close = async () => {
      closed = true
      channel.destroy()
    }
    return {
      stdin: shellInput(channel, command, word.kind === 'deaf'),
      stdout,
      stderr: builtinStream().Readable.from([]),
      exited: exit.promise,
      resize: async (size) => {
        if (terminal !== '') await resize?.(terminal, size)
      },
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    channel.destroy()
    throw error
  } finally {
    clearTimeout(limit)
  }
}

/** Holds the connection back while nobody reads. */
function outputOf(channel: Duplex): Readable {
  const { Readable } = builtinStream()
  return new Readable({
    read: () => void channel.resume(),
    destroy: (error, done) => {
      channel.resume()
      done(error)
    },
  }).on('error', () => {})
}

/** Resolves when whoever reads has taken all; at once where nobody does, so that a command's end shows even then. */
async function taken(stdout: Readable): Promise<void> {
  if (stdout.readableFlowing !== true || stdout.readableEnded || stdout.destroyed) return
  await new Promise<void>((resolve) => {
    stdout.once('end', resolve)
    stdout.once('close', resolve)
  })
}

function refuse(word: ShellWord, { command, workingDirectory }: ShellCommand, subject: string): void {
  const reasons: Readonly<Record<string, string>> = {
    noProgram: 'the container has no such program, or may not execute it',
    noDirectory: `the container has no directory ${workingDirectory}`,
    noTerminal: 'the image has no stty, which its terminal needs to pass bytes on unchanged',
  }
  const reason = reasons[word.kind]
  if (reason === undefined) return
  throw new BerthError({
    code: word.kind === 'noTerminal' ? 'start-failed' : 'not-found',
    message: `${subject}: the command ${command[0] ?? ''} did not start: ${reason}`,
  })
}

function noShell(subject: string, preface: string): BerthError {
  const words = preface.trim().slice(-500)
  return new BerthError({
    code: 'start-failed',
    message: `${subject}: no command can be run there: it takes a shell (/bin/sh), and the container's image seems to have none${words && `; the answer was: ${words}`}`,
  })
}

function broken(subject: string, cause?: Error): BerthError {
  return new BerthError({
    code: 'unavailable',
    message: `${subject}: the connection to the command broke before it ended${cause ? `: ${cause.message}` : ''}`,
    cause,
  })
}
