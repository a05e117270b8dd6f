import { expect, it } from 'vitest'
import { lackingVerbs, NEEDED_RULES } from './check-permissions.ts'

it('knows what a role allows', () => {
  const all = ['*']
  expect(lackingVerbs([{ verbs: all, apiGroups: all, resources: all }])).toEqual([])
  const needed = NEEDED_RULES.map(({ resource, verbs }) => ({
    verbs,
    apiGroups: [''],
    resources: [resource],
  }))
  expect(lackingVerbs(needed)).toEqual([])
  expect(lackingVerbs(needed.slice(1))).toContain('create pods')
  expect(
    lackingVerbs([...needed.slice(1), { verbs: all, apiGroups: ['apps'], resources: ['pods'] }]),
  ).toContain('create pods')
  const named = { verbs: all, apiGroups: [''], resources: ['pods'], resourceNames: ['one'] }
  expect(lackingVerbs([...needed.slice(1), named])).toContain('create pods')
})
