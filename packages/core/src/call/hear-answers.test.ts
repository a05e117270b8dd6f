import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { CallContext } from '../contract/adapter.ts'
import type { DateSample } from '../contract/evidence.ts'
import { hearAnswers, tellAnswer } from './hear-answers.ts'

function listening() {
  const dates: DateSample[] = []
  const words: string[] = []
  const context: CallContext = {
    signal: new AbortController().signal,
    date: (sample) => dates.push(sample),
    emulated: (each) => words.push(each),
    pace: async () => {},
  }
  return { context, dates, words }
}

async function asking(sentAt: number, date: string | undefined): Promise<number> {
  await delay(1)
  tellAnswer({ sentAt, receivedAt: sentAt + 1, date, age: undefined, emulator: `of ${sentAt}` })
  return sentAt
}

it('each work hears its own answers, whatever else is asked meanwhile', async () => {
  const [one, other] = [listening(), listening()]
  const heard = await Promise.all([
    hearAnswers(one.context, 'front-end', async () => {
      await asking(1, 'first')
      return await asking(2, 'second')
    }),
    hearAnswers(other.context, 'front-end', () => asking(7, 'other')),
  ])
  expect(heard.map(({ output, last }) => [output, last?.date])).toEqual([
    [2, 'second'],
    [7, 'other'],
  ])
  expect(one.dates.map(({ machine, date }) => [machine, date])).toEqual([
    ['front-end', 'first'],
    ['front-end', 'second'],
  ])
  expect(one.words).toEqual(['of 1', 'of 2'])
  expect(other.dates).toHaveLength(1)
})

it('answers of a machine that is not declared, or that tells no time, say nothing of clocks', async () => {
  const { context, dates, words } = listening()
  await hearAnswers(context, undefined, () => asking(1, 'now'))
  await hearAnswers(context, 'front-end', () => asking(2, undefined))
  expect(dates).toEqual([])
  expect(words).toHaveLength(2)
  expect((await hearAnswers(context, 'front-end', async () => 3)).last).toBeUndefined()
})

it('an answer that nobody waits for is told to nobody', async () => {
  await expect(asking(1, 'now')).resolves.toBe(1)
})
