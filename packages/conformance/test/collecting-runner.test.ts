import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { collectingRunner } from '../src/index.ts'

describe('collectingRunner', () => {
  it('runs hooks and tests in order, and tells path, outcome and error of each', async () => {
    const runner = collectingRunner()
    const order: string[] = []
    const failure = new Error('as meant')
    runner.describe('outer', {}, () => {
      runner.beforeAll(async () => void order.push('before'), 1_000)
      runner.describe('inner', {}, () => {
        runner.it('one', { timeout: 1_000 }, async () => void order.push('one'))
        runner.it('two', { timeout: 1_000 }, () => Promise.reject(failure))
      })
      runner.afterAll(async () => void order.push('after'), 1_000)
    })
    const results = await runner.run()
    assert.deepEqual(order, ['before', 'one', 'after'])
    assert.deepEqual(
      results.map(({ path, name, status }) => [...path, name, status].join(' > ')),
      ['outer > inner > one > passed', 'outer > inner > two > failed'],
    )
    assert.equal(results[1]?.error, failure)
  })

  it('fails a test that outlives its timeout, and a hook that fails', async () => {
    const runner = collectingRunner()
    runner.beforeAll(() => Promise.reject(new Error('no world')), 1_000)
    runner.it('hangs', { timeout: 20 }, () => new Promise(() => {}))
    const results = await runner.run()
    assert.deepEqual(
      results.map(({ name, status }) => `${name} ${status}`),
      ['before all failed', 'hangs failed'],
    )
    assert.match(String(results[1]?.error), /20 ms/)
  })

  it('runs concurrent neighbours of one suite beside each other, so many at a time, and others alone', async () => {
    const runner = collectingRunner({ concurrency: 2 })
    let running = 0
    const seen: number[] = []
    const body = async () => {
      running += 1
      await pause(10)
      seen.push(running)
      await pause(10)
      running -= 1
    }
    runner.describe('beside', {}, () => {
      for (const name of ['a', 'b', 'c']) runner.it(name, { concurrent: true }, body)
    })
    runner.describe('alone', {}, () => {
      for (const name of ['d', 'e']) runner.it(name, {}, body)
    })
    await runner.run()
    assert.deepEqual(seen, [2, 2, 1, 1, 1])
  })
})
