import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HttpStatusReader } from './http-status-reader.ts'

/** The first result that a reader comes to, when it gets a text in pieces. */
function readIn(text: string, cuts: readonly number[]): number | 'malformed' | undefined {
  const reader = new HttpStatusReader()
  const edges = [0, ...[...cuts].sort((one, other) => one - other), text.length]
  for (let index = 1; index < edges.length; index++) {
    const result = reader.read(Buffer.from(text.slice(edges[index - 1], edges[index]), 'latin1'))
    if (result !== undefined) return result
  }
  return undefined
}

const answers: readonly (readonly [string, number | 'malformed' | undefined])[] = [
  ['HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', 200],
  ['HTTP/1.0 503 Service Unavailable\r\n\r\n', 503],
  ['HTTP/1.1 204\r\n\r\n', 204],
  ['HTTP/1.1 301 \n\n', 301],
  [
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n',
    404,
  ],
  ['HTTP/1.1 101 Switching Protocols\r\n\r\n', 101],
  ['HTTP/1.1 100 Continue\r\n\r\n', undefined],
  ['HTTP/1.1 20', undefined],
  ['SSH-2.0-OpenSSH_9.6\r\n', 'malformed'],
  ['HTTP/1.1 abc\r\n', 'malformed'],
  ['\r\nHTTP/1.1 200 OK\r\n', 'malformed'],
]

describe('HttpStatusReader', () => {
  it.each(answers)('reads %j as %s, wherever the pieces are cut', (text, expected) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
        expect(readIn(text, cuts)).toBe(expected)
      }),
    )
  })

  it('does not read on without end', () => {
    const reader = new HttpStatusReader()
    const chunk = Buffer.alloc(16 * 1024, 'x')
    const results = [reader.read(Buffer.from('HTTP/1.1 100 Continue\r\nx: '))]
    for (let index = 0; index < 5; index++) results.push(reader.read(chunk))
    expect(results.at(-1)).toBe('malformed')
  })
})
