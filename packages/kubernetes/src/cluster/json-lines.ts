const NEWLINE = 0x0a

/** The JSON values of a stream that has one on each line, wherever its chunks are cut. */
export async function* jsonLines<T>(chunks: AsyncIterable<unknown>): AsyncGenerator<T> {
  let held: Buffer[] = []
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const line = Buffer.concat([...held, chunk.subarray(start, end)])
      held = []
      start = end + 1
      if (line.length > 0) yield JSON.parse(line.toString('utf8')) as T
    }
    if (start < chunk.length) held.push(chunk.subarray(start))
  }
}
