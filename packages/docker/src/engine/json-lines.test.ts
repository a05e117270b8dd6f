import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonLines } from './json-lines.ts'

async function linesOf(bytes: Uint8Array, size: number): Promise<string[]> {
  async function* chunks(): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return Array.fromAsync(jsonLines(chunks(), (line) => line))
}

describe('jsonLines', () => {
  it('gives back the values, wherever the bytes were cut', async () => {
    const values = fc.array(fc.record({ text: fc.string({ unit: 'grapheme' }), number: fc.integer() }), {
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('\n', '\r\n', '\n\n'),
        async (all, size, end) => {
          const bytes = Buffer.from(all.map((value) => JSON.stringify(value) + end).join(''))
          expect((await linesOf(bytes, size)).map((line) => JSON.parse(line))).toEqual(all)
        },
      ),
    )
  })
  it('takes a last line without its newline', async () => {
    expect(await linesOf(Buffer.from('{"a":1}\n{"b":"ü"}'), 3)).toEqual(['{"a":1}', '{"b":"ü"}'])
  })
})
