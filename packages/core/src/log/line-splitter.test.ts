import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineSplitter } from './line-splitter.ts'

test('lines come out whole and exact, wherever the pieces are cut', () => {
  const line = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.filter((byte) => byte !== 10))
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1 }),
      (lines, cuts) => {
        const all = Buffer.concat(lines.map((each) => Buffer.concat([each, Buffer.from('\n')])))
        const splitter = new LineSplitter()
        const found: string[] = []
        for (let at = 0, cut = 0; at < all.length; cut += 1) {
          const end = at + (cuts[cut % cuts.length] ?? 1)
          const chunk = { container: 'main', stream: 'stdout', bytes: all.subarray(at, end) } as const
          found.push(...splitter.push(chunk).map(({ bytes }) => Buffer.from(bytes).toString('hex')))
          at = end
        }
        expect(splitter.end()).toEqual([])
        expect(found).toEqual(lines.map((each) => Buffer.from(each).toString('hex')))
      },
    ),
  )
})

test('streams and containers do not mix, and what has no line end comes last', () => {
  const splitter = new LineSplitter()
  const push = (container: string, stream: 'stdout' | 'stderr', text: string) =>
    splitter.push({ container, stream, bytes: Buffer.from(text) }).map((line) => line.text)
  expect(push('main', 'stdout', 'a')).toEqual([])
  expect(push('main', 'stderr', 'x\n')).toEqual(['x'])
  expect(push('side', 'stdout', 'b\n\n')).toEqual(['b', ''])
  expect(push('main', 'stdout', 'c\r\nrest')).toEqual(['ac\r'])
  expect(splitter.end().map(({ text, stream }) => [text, stream])).toEqual([['rest', 'stdout']])
})
