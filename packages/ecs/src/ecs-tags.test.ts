import { expect, it } from 'vitest'
import { planForTest } from '../test/plan-for-test.ts'
import { isRemoved, REMOVE_REASON, readLabels, readTaskTags, stopReason, taskTags } from './ecs-tags.ts'

it('the tags of a task tell whose it is, and its labels', async () => {
  const plan = await planForTest({ labels: { team: 'web' } })
  const task = { tags: [...taskTags(plan, plan.tags), { key: 'aws:ecs:cluster', value: 'default' }] }
  expect(readTaskTags(task)).toEqual(plan.tags)
  expect(readLabels(task)).toEqual({ team: 'web' })
  expect(readTaskTags({ tags: [{ key: 'berth-expires', value: '1' }] })).toBeUndefined()
})

it('a stop takes the tags along in its reason, which holds no more than 255 characters', async () => {
  const { tags } = await planForTest({ name: 'x'.repeat(60) })
  const real = { ...tags, 'berth-owner': 'ffffffff.ffffffff.ffffffff.4000000.123456789.1234' }
  const reason = stopReason(real)
  expect(reason.length).toBeLessThanOrEqual(255)
  expect(readTaskTags({ tags: [], stoppedReason: reason })).toEqual(real)
  expect(readTaskTags({ tags: [{ key: 'berth-expires', value: '7' }], stoppedReason: reason })).toEqual({
    ...real,
    'berth-expires': '7',
  })
})

it('a task that was stopped to be removed is nobody’s any more', () => {
  expect(isRemoved({ stoppedReason: REMOVE_REASON })).toBe(true)
  expect(readTaskTags({ tags: [], stoppedReason: REMOVE_REASON })).toBeUndefined()
})
