import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { mergeAsTheyCome } from './merge-as-they-come.ts'

async function* ticking(name: string, inMs: number, signal: AbortSignal): AsyncGenerator<string> {
  for (let count = 1; ; count += 1) {
    await sleep(inMs, undefined, { signal })
    yield `${name}${count}`
  }
}

it('gives each item as it comes, and ends all when the reader leaves', async () => {
  const seen: string[] = []
  const ended: boolean[] = []
  const { signal } = new AbortController()
  for await (const item of mergeAsTheyCome(signal, (left) => {
    left.addEventListener('abort', () => ended.push(true))
    return [ticking('a', 5, left), ticking('b', 5, left)]
  })) {
    seen.push(item)
    if (seen.includes('a2') && seen.includes('b2')) break
  }
  expect(seen.indexOf('a1')).toBeLessThan(seen.indexOf('a2'))
  expect(ended).toEqual([true])
})

it('ends with the first that fails', async () => {
  const failing = async function* (): AsyncGenerator<string> {
    yield 'one'
    throw new Error('broken')
  }
  const { signal } = new AbortController()
  const reading = Array.fromAsync(
    mergeAsTheyCome(signal, (left) => [ticking('a', 1_000_000, left), failing()]),
  )
  await expect(reading).rejects.toThrow('broken')
})
