/** No shell has to hold more than this at once. A multiple of three, so that base64 needs no filling. */
const LARGEST_FRAME = 24 * 1024

/**
 * Input as `shellScript` takes it: its length in a line of its own, then its bytes as base64. A terminal, and whoever stands before it, takes
 * some bytes for commands.
 */
export function* frameInput(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += LARGEST_FRAME) {
    const text = Buffer.from(bytes.subarray(start, start + LARGEST_FRAME)).toString('base64')
    yield Buffer.from(`${text.length}\n${text}`)
  }
}

/** The end of the input. */
export const INPUT_END: Uint8Array = Buffer.from('0\n')
