import { expect, it } from 'vitest'
import { isAllowed, NEEDED_ACTIONS } from './check-permissions.ts'

it('knows what a role allows', () => {
  const all = (permissions: Parameters<typeof isAllowed>[1]) =>
    NEEDED_ACTIONS.every((action) => isAllowed(action, permissions))
  expect(all([{ actions: ['*'] }])).toBe(true)
  expect(all([{ actions: ['microsoft.containerinstance/*'] }])).toBe(true)
  expect(all([{ actions: ['*/read'] }])).toBe(false)
  expect(all([{ actions: ['*'], notActions: ['Microsoft.ContainerInstance/containerGroups/delete'] }])).toBe(
    false,
  )
  expect(all([{ actions: ['*'], notActions: ['*/delete'] }, { actions: ['*'] }])).toBe(true)
  expect(all([])).toBe(false)
})
