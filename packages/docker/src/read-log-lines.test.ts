import { expect, it } from 'vitest'
import type { LogEntry } from './engine/index.ts'
import { readLogLines } from './read-log-lines.ts'

async function* entries(
  ...parts: readonly [LogEntry['stream'], string | Uint8Array, string?][]
): AsyncGenerator<LogEntry> {
  for (const [stream, text, timestamp] of parts) {
    yield { stream, bytes: Buffer.from(text), ...(timestamp !== undefined && { timestamp }) }
  }
}

it('joins a line that came in parts, each stream for itself, with the time of the first', async () => {
  const lines = await Array.fromAsync(
    readLogLines(
      entries(
        ['stdout', 'one ', '2026-01-01T00:00:00.1Z'],
        ['stderr', 'other\n', '2026-01-01T00:00:00.2Z'],
        ['stdout', 'two\nthree\n\n', '2026-01-01T00:00:00.3Z'],
        ['stdout', 'rest'],
      ),
      'main',
    ),
  )
  expect(lines.map(({ line }) => [line.stream, line.text])).toEqual([
    ['stderr', 'other'],
    ['stdout', 'one two'],
    ['stdout', 'three'],
    ['stdout', ''],
    ['stdout', 'rest'],
  ])
  expect(lines[1]?.timestamp).toBe('2026-01-01T00:00:00.1Z')
  expect(lines[1]?.line.time).toEqual(new Date(Date.UTC(2026, 0, 1, 0, 0, 0, 100)))
})

it('keeps the bytes, and shows what is no UTF-8', async () => {
  const [first] = await Array.fromAsync(
    readLogLines(entries(['stdout', new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff, 0x0a])]), 'main'),
  )
  expect([...(first?.line.bytes ?? [])]).toEqual([0xef, 0xbb, 0xbf, 0x61, 0xff])
  expect(first?.line.text).toBe('\ufeffa\ufffd')
})
