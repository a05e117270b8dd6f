import { type Duplex, Readable, Writable } from 'node:stream'
import { untilAborted } from '../call/until-aborted.ts'
import type { Session, SessionExit } from '../contract/session.ts'
import { BerthError } from '../errors/berth-error.ts'
import { frameInput, INPUT_END } from './frame-input.ts'
import { SentinelReader, type SentinelWord } from './sentinel-reader.ts'
import type { SentinelScript } from './sentinel-script.ts'

export interface SentinelSessionOptions {
  /** What runs the command, for messages: `web-1a2b`. */
  readonly subject: string
  readonly signal: AbortSignal
  /** Left out where the cloud cannot change a terminal's size. */
  readonly resize?: Session['resize'] | undefined
}

/** How a terminal is told that its input has ended. */
const END_OF_TRANSMISSION = Uint8Array.of(4)

/**
 * Makes a session of the raw connection to a shell that runs a `sentinelScript`. Resolves when the command runs; throws `not-found` where
 * there is no such program or directory, `start-failed` where there is no shell to run the script.
 */
export async function openSentinelSession(
  channel: Duplex,
  script: SentinelScript,
  { subject, signal, resize }: SentinelSessionOptions,
): Promise<Session> {
  const reader = new SentinelReader(script.mark)
  const first = Promise.withResolvers<SentinelWord>()
  const exit = Promise.withResolvers<SessionExit>()
  exit.promise.catch(() => {}) // whoever wants to know awaits it
  first.promise.catch(() => {})
  const stdout = new Readable({
    read: () => void channel.resume(),
    destroy: (error, done) => {
      channel.resume()
      done(error)
    },
  }).on('error', () => {})
  let code: number | undefined
  let closed = false
  channel.on('data', (chunk: Uint8Array) => {
    const { output, words } = reader.push(chunk)
    if (output.length > 0 && !stdout.destroyed && !stdout.push(output)) channel.pause()
    for (const word of words) {
      if (word.kind === 'ended') code = word.exitCode
      else first.resolve(word)
    }
    if (code !== undefined) channel.destroy()
  })
  let failure: Error | undefined
  channel.on('error', (error) => {
    failure = error
  })
  channel.once('close', () => {
    if (failure !== undefined) first.reject(broken(subject, failure))
    first.reject(noShell(subject, reader.preface))
    if (code !== undefined) {
      stdout.push(null)
      taken(stdout).then(() => exit.resolve({ exitCode: code }), exit.reject)
      return
    }
    if (closed) exit.resolve({ exitCode: undefined })
    else exit.reject(broken(subject, failure))
    stdout.destroy()
  })
  try {
    const word = await untilAborted(first.promise, signal)
    refuse(word, script, subject)
    const close = async () => {
      closed = true
      channel.destroy()
    }
    return {
      stdin: inputOf(channel, script, word.kind === 'deaf').on('error', () => {}),
      stdout,
      stderr: Readable.from([]),
      exited: exit.promise.catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error
      }),
      resize: resize ?? (async () => {}),
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    channel.destroy()
    throw error
  }
}

/** Resolves when whoever reads has taken all; at once where nobody does, so that a command's end shows even then. */
async function taken(stdout: Readable): Promise<void> {
  if (stdout.readableFlowing !== true || stdout.readableEnded || stdout.destroyed) return
  await new Promise<void>((resolve) => {
    stdout.once('end', resolve)
    stdout.once('close', resolve)
  })
}

function inputOf(channel: Duplex, { command }: SentinelScript, isDeaf: boolean): Writable {
  if (command.tty) {
    return new Writable({
      write: (chunk, _encoding, done) => void channel.write(chunk, done),
      final: (done) => void channel.write(END_OF_TRANSMISSION, done),
    })
  }
  if (isDeaf || !command.stdin) {
    const reason = isDeaf ? 'its image has no dd that knows iflag=fullblock' : 'none was asked for'
    return new Writable({
      write: (_chunk, _encoding, done) => done(new Error(`there is no input: ${reason}`)),
    })
  }
  return new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      const frames = [...frameInput(chunk)]
      frames.forEach((frame, index) => {
        channel.write(frame, index === frames.length - 1 ? done : undefined)
      })
      if (frames.length === 0) done()
    },
    final: (done) => void channel.write(INPUT_END, done),
  })
}

function refuse(word: SentinelWord, { command }: SentinelScript, subject: string): void {
  const program = command.command[0] ?? ''
  const reason =
    word.kind === 'noProgram'
      ? 'the container has no such program, or may not execute it'
      : word.kind === 'noDirectory'
        ? `the container has no directory ${command.workingDirectory}`
        : undefined
  if (reason === undefined) return
  throw new BerthError({
    code: 'not-found',
    message: `${subject}: the command ${program} did not start: ${reason}`,
  })
}

function noShell(subject: string, preface: string): BerthError {
  const words = preface.trim().slice(-500)
  return new BerthError({
    code: 'start-failed',
    message: `${subject}: no command can be run there: it takes a shell, and the container's image seems to have none${words && `; the cloud answered: ${words}`}`,
  })
}

function broken(subject: string, cause?: Error): BerthError {
  return new BerthError({
    code: 'unavailable',
    message: `${subject}: the connection to the command broke before it ended${cause ? `: ${cause.message}` : ''}`,
    cause,
  })
}
