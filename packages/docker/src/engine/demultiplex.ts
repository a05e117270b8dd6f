import { FrameDecoder } from './frame-decoder.ts'

/** Output of a container, with the stream it was written to. */
export interface OutputPart {
  readonly stream: 'stdout' | 'stderr'
  readonly bytes: Uint8Array
}

/** The number of the frames in which the engine reports an error of its own, in the midst of output. */
export const engineErrorStream = 3

// the engine cuts what a container writes at 16 KiB; a frame beyond this is handed on in pieces
const wholeFrameLimit = 1024 * 1024

/**
 * Takes the engine's multiplexed stream apart into whole frames, as the engine cut them (one log message each);
 * frames over 1 MiB come in pieces. Pulls only as fast as it is read.
 *
 * @throws Error when the engine reports an error within the stream, or when the stream ends within a frame
 */
export async function* demultiplex(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<OutputPart, void> {
  const decoder = new FrameDecoder()
  let held: Uint8Array[] = []
  let heldLength = 0
  for await (const chunk of chunks) {
    for (const { stream, bytes, last } of decoder.decode(chunk)) {
      held.push(bytes)
      heldLength += bytes.length
      if (!last && heldLength < wholeFrameLimit) continue
      const [first = bytes] = held
      const frame = held.length === 1 ? first : Buffer.concat(held)
      held = []
      heldLength = 0
      if (stream === engineErrorStream)
        throw new Error(`the engine reports: ${Buffer.from(frame).toString().trim()}`)
      yield { stream: stream === 2 ? 'stderr' : 'stdout', bytes: frame }
    }
  }
  if (!decoder.atBoundary) throw new Error('the stream ended in the midst of a frame: output is missing')
}
