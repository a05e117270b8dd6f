import { expect, it } from 'vitest'
import { readLogLines } from './log-lines.ts'

const at = '2026-11-26T10:00:00.123456789Z'

async function read(...chunks: (string | Buffer)[]) {
  const buffers = chunks.map((chunk) => Buffer.from(chunk))
  return (await Array.fromAsync(readLogLines(toAsync(buffers), 'main'))).map(({ line }) => line.text)
}

async function* toAsync(buffers: readonly Buffer[]) {
  yield* buffers
}

it('makes lines, wherever the chunks are cut, and keeps a last one that has no end', async () => {
  const whole = `${at} one\n${at} \n${at} two`
  for (let cut = 0; cut < whole.length; cut += 7) {
    expect(await read(whole.slice(0, cut), whole.slice(cut))).toEqual(['one', '', 'two'])
  }
})

it('joins the pieces of a long line, with a time before each or not', async () => {
  const piece = 'x'.repeat(16 * 1024)
  expect(await read(`${at} ${piece}${at} ${piece}${at} y\n`)).toEqual([`${piece}${piece}y`])
  expect(await read(`${at} ${piece}${piece}y\n`)).toEqual([`${piece}${piece}y`])
})
