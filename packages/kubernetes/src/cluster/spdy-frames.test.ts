import { constants, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dataFrame, pingFrame, SpdyFrameReader, synStream } from './spdy-frames.ts'

it('reads frames wherever they are cut', () => {
  const bytes = fc.uint8Array({ maxLength: 50 })
  const frame = fc.record({ stream: fc.integer({ min: 1, max: 2 ** 31 - 1 }), bytes, isLast: fc.boolean() })
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 10 }), fc.integer({ min: 1, max: 13 }), (frames, step) => {
      const wire = Buffer.concat([
        ...frames.map((each) => dataFrame(each.stream, each.bytes, each.isLast)),
        pingFrame(2),
      ])
      const reader = new SpdyFrameReader()
      const read = []
      for (let at = 0; at < wire.length; at += step) read.push(...reader.push(wire.subarray(at, at + step)))
      expect(read).toEqual([
        ...frames.map((each) => ({ kind: 'data', ...each, bytes: Buffer.from(each.bytes) })),
        { kind: 'ping', id: 2 },
      ])
    }),
  )
})

it('packs the headers of all streams of a connection as one zlib stream', () => {
  const [first, second] = [synStream(1, { streamType: 'stdin' }, true), synStream(3, { port: '80' }, false)]
  const packed = Buffer.concat([first.subarray(18), second.subarray(18)])
  const plain = inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH })
  const pair = (name: string, value: string) =>
    `\0\0\0\u0001\0\0\0${String.fromCharCode(name.length)}${name}\0\0\0${String.fromCharCode(value.length)}${value}`
  expect(plain.toString()).toBe(pair('streamtype', 'stdin') + pair('port', '80'))
  expect([first.readUInt32BE(8), second.readUInt32BE(8)]).toEqual([1, 3])
  expect(second.readUIntBE(5, 3)).toBe(second.length - 8)
})
