import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demultiplex, type OutputPart } from './demultiplex.ts'
import { FrameDecoder } from './frame-decoder.ts'

function frame(stream: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length)
  bytes[0] = stream
  new DataView(bytes.buffer).setUint32(4, payload.length)
  bytes.set(payload, 8)
  return bytes
}

/** The same bytes, cut at the given places. */
async function* cut(bytes: Uint8Array, places: readonly number[]): AsyncGenerator<Uint8Array, void> {
  let start = 0
  for (const place of [...places].sort((left, right) => left - right)) {
    const end = Math.min(place, bytes.length)
    yield bytes.subarray(start, end)
    start = end
  }
  yield bytes.subarray(start)
}

async function collect(parts: AsyncIterable<OutputPart>): Promise<[string, string][]> {
  const all: [string, string][] = []
  for await (const { stream, bytes } of parts) all.push([stream, Buffer.from(bytes).toString('latin1')])
  return all
}

const frames = fc.array(
  fc.record({ stream: fc.integer({ min: 0, max: 2 }), payload: fc.uint8Array({ maxLength: 40 }) }),
  {
    maxLength: 12,
  },
)

describe('demultiplex', () => {
  it('gives back the frames however the bytes were cut', async () => {
    await fc.assert(
      fc.asyncProperty(frames, fc.array(fc.nat({ max: 500 }), { maxLength: 40 }), async (written, places) => {
        const bytes = Buffer.concat(written.map(({ stream, payload }) => frame(stream, payload)))
        const expected = written
          .filter(({ payload }) => payload.length > 0)
          .map(({ stream, payload }) => [
            stream === 2 ? 'stderr' : 'stdout',
            Buffer.from(payload).toString('latin1'),
          ])
        expect(await collect(demultiplex(cut(bytes, places)))).toEqual(expected)
      }),
    )
  })

  it('fails when the bytes end within a frame, in its header or in its payload', async () => {
    const bytes = frame(1, Buffer.from('hello'))
    for (let length = 1; length < bytes.length; length++) {
      await expect(collect(demultiplex(cut(bytes.subarray(0, length), [])))).rejects.toThrow(
        'midst of a frame',
      )
    }
  })

  it('hands a huge frame on in pieces', async () => {
    const size = 5 * 1024 * 1024
    const bytes = frame(2, new Uint8Array(size).fill(7))
    let received = 0
    let largest = 0
    const places = Array.from({ length: size / 65536 }, (_, index) => index * 65536)
    for await (const { stream, bytes: piece } of demultiplex(cut(bytes, places))) {
      expect(stream).toBe('stderr')
      received += piece.length
      largest = Math.max(largest, piece.length)
    }
    expect(received).toBe(size)
    expect(largest).toBeLessThan(2 * 1024 * 1024)
  })

  it('pulls only as fast as it is read', async () => {
    let pulled = 0
    async function* endless(): AsyncGenerator<Uint8Array, void> {
      for (;;) {
        pulled++
        yield frame(1, Buffer.from('x'))
      }
    }
    const parts = demultiplex(endless())
    await parts.next()
    await parts.next()
    expect(pulled).toBe(2)
    await parts.return()
  })

  it("reports the engine's own error", async () => {
    const bytes = Buffer.concat([frame(1, Buffer.from('a')), frame(3, Buffer.from('log file is gone\n'))])
    await expect(collect(demultiplex(cut(bytes, [])))).rejects.toThrow('the engine reports: log file is gone')
  })

  it('recognises that the bytes are no frames', async () => {
    expect(() => [...new FrameDecoder().decode(Buffer.from('hello world'))]).toThrow('not multiplexed')
  })
})
