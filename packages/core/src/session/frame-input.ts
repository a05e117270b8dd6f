/** No shell has to hold more than this at once. */
const LARGEST_FRAME = 32 * 1024

/** Input as `shellScript` takes it: its length in a line of its own, then its bytes. */
export function* frameInput(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += LARGEST_FRAME) {
    const piece = bytes.subarray(start, start + LARGEST_FRAME)
    yield Buffer.concat([Buffer.from(`${piece.length}\n`), piece])
  }
}

/** The end of the input. */
export const INPUT_END: Uint8Array = Buffer.from('0\n')
