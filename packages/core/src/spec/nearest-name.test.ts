import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

const names = ['image', 'command', 'args', 'env', 'ports', 'memory']

it.each([
  ['imgae', 'image'],
  ['Image', 'image'],
  ['comand', 'command'],
  ['port', 'ports'],
  ['envs', 'env'],
  ['memmory', 'memory'],
  ['volume', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('of %s is %s', (written, nearest) => {
  expect(nearestName(written, names)).toBe(nearest)
})

it('prefers the nearer', () => {
  expect(nearestName('tasts', ['tests', 'tasks', 'tastes'])).toMatch(/^(tests|tasks|tastes)$/)
  expect(nearestName('task', ['tasks', 'tastes'])).toBe('tasks')
})
