import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { awaitAnswer } from './await-answer.ts'
import { together } from './together.ts'

const { signal } = new AbortController()

it('throws the first failure, and only once all have ended', async () => {
  const ended: string[] = []
  const first = new Error('first')
  const working = together(signal, [
    async () => {
      await sleep(1)
      throw first
    },
    async (told) => {
      await new Promise((resolve) => told.addEventListener('abort', resolve, { once: true }))
      await sleep(20)
      ended.push('slow')
      throw new Error('second')
    },
  ])
  await expect(working).rejects.toBe(first)
  expect(ended).toEqual(['slow'])
})

it('gives what all gave, in their order', async () => {
  const give = (value: number) => async () => {
    await sleep(10 - value)
    return value
  }
  expect(await together(signal, [give(1), give(2), give(3)])).toEqual([1, 2, 3])
})

it('awaits the answer of what an abort comes too late for, and throws the reason then', async () => {
  const aborted = new AbortController()
  const reason = new Error('enough')
  const answered: number[] = []
  const working = awaitAnswer('making', aborted.signal, async () => {
    await sleep(30)
    answered.push(1)
  })
  aborted.abort(reason)
  await expect(working).rejects.toBe(reason)
  expect(answered).toEqual([1])
})
