import type { Duplex, Writable } from 'node:stream'
import { builtinStream } from './builtin-stream.ts'
import { frameInput, INPUT_END } from './frame-input.ts'
import type { ShellCommand } from './shell-script.ts'

/** How a terminal is told that its input has ended. */
const END_OF_TRANSMISSION = Uint8Array.of(4)

/** The input of a command in a shell: as it is for a terminal, else in frames, whose last one is its end. */
export function shellInput(channel: Duplex, { tty, stdin }: ShellCommand, isDeaf: boolean): Writable {
  return inputOf(channel, tty, stdin, isDeaf).on('error', () => {})
}

function inputOf(channel: Duplex, tty: boolean, stdin: boolean, isDeaf: boolean): Writable {
  const { Writable } = builtinStream()
  if (tty) {
    return new Writable({
      write: (chunk, _encoding, done) => void channel.write(chunk, done),
      final: (done) => void channel.write(END_OF_TRANSMISSION, done),
    })
  }
  if (isDeaf || !stdin) {
    const reason = isDeaf
      ? 'its image has no base64, or no dd that knows iflag=fullblock'
      : 'none was asked for'
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
