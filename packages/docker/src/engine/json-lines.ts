const newline = 0x0a

/**
 * Splits bytes into the lines of a JSON stream, wherever the chunks were cut (also within a character), and gives what
 * `read` makes of each. Blank lines are left out; a last line without its newline counts.
 */
export async function* jsonLines<Value>(
  chunks: AsyncIterable<Uint8Array>,
  read: (line: string) => Value,
): AsyncGenerator<Value, void> {
  let held: Uint8Array[] = []
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const line = textOf(held, chunk.subarray(start, end))
      held = []
      start = end + 1
      if (line !== '') yield read(line)
    }
    if (start < chunk.length) held.push(chunk.subarray(start))
  }
  const last = textOf(held, new Uint8Array())
  if (last !== '') yield read(last)
}

function textOf(held: readonly Uint8Array[], last: Uint8Array): string {
  const bytes =
    held.length === 0
      ? Buffer.from(last.buffer, last.byteOffset, last.length)
      : Buffer.concat([...held, last])
  return bytes.toString('utf8').trim()
}
