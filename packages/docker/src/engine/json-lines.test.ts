import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonLines } from './json-lines.ts'

function cut(bytes: Uint8Array, size: number): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })(),
    { objectMode: false },
  )
}

function linesOf(bytes: Uint8Array, size: number): Promise<string[]> {
  return Array.fromAsync(new JsonLines(cut(bytes, size), (line) => line))
}

describe('JsonLines', () => {
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

  it('leaves out the lines of which nothing is made', async () => {
    const even = (line: string) => (Number(line) % 2 === 0 ? Number(line) : undefined)
    const lines = new JsonLines(cut(Buffer.from('1\n2\n3\n4\n5'), 3), even)
    expect(await Array.fromAsync(lines)).toEqual([2, 4])
  })

  it('takes a last line without its newline', async () => {
    expect(await linesOf(Buffer.from('{"a":1}\n{"b":"ü"}'), 3)).toEqual(['{"a":1}', '{"b":"ü"}'])
  })

  it('holds back a sender that nobody reads, and loses nothing', async () => {
    let sent = 0
    const source = new Readable({
      highWaterMark: 64,
      read() {
        sent += 1
        this.push(sent > 10_000 ? null : `${sent}\n`)
      },
    })
    const lines = new JsonLines(source, Number)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(sent).toBeLessThan(1_000)
    const numbers = await Array.fromAsync(lines)
    expect(numbers).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1))
  })

  it('gives the lines before an error, then the error once', async () => {
    const source = new Readable({ read() {} })
    const lines = new JsonLines(source, (line) => JSON.parse(line) as number)
    source.push('1\n2\n')
    await new Promise((resolve) => setImmediate(resolve))
    source.destroy(new Error('cut'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(await lines.next()).toEqual({ done: false, value: 1 })
    expect(await lines.next()).toEqual({ done: false, value: 2 })
    await expect(lines.next()).rejects.toThrow('cut')
    expect(await lines.next()).toEqual({ done: true, value: undefined })
  })

  it('ends with what one line says is wrong, and lets its sender go', async () => {
    const source = new Readable({ read() {} })
    const lines = new JsonLines(source, (line) => {
      if (line === 'bad') throw new Error('the engine reports: bad')
      return line
    })
    source.push('good\nbad\nnever\n')
    expect(await lines.next()).toEqual({ done: false, value: 'good' })
    await expect(lines.next()).rejects.toThrow('the engine reports: bad')
    expect(source.destroyed).toBe(true)
  })
})
