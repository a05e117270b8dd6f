import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Slots } from './slots.ts'

const signal = new AbortController().signal

test('never more than so many at once, whatever fails or leaves', async () => {
  const slots = new Slots(3)
  let running = 0
  let most = 0
  const work = async () => {
    running += 1
    most = Math.max(most, running)
    await pause(2)
    running -= 1
    if (most % 2 === 0) throw new Error('failed')
  }
  const leaving = new AbortController()
  const all = Array.from({ length: 20 }, (_, index) =>
    slots.use(index % 5 === 0 ? leaving.signal : signal, work),
  )
  leaving.abort(new Error('left'))
  await Promise.allSettled(all)
  expect(most).toBe(3)
  expect(await slots.use(signal, async () => 'free again')).toBe('free again')
})
