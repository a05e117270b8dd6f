import { http } from '@berth/core'
import { describe, expect, it } from 'vitest'
import {
  FAULT_SEEDS,
  removeUnderFaults,
  startUnderFaults,
  TROUBLE,
} from '../../core/test/start-under-faults.ts'
import { LACK_OF_ROOM, threeInTen, usualFaults } from '../../emulator/test/fault/three-in-ten.ts'
import { emulated, HELLO } from './emulated.ts'

const AT_ONCE = 40

const usual = usualFaults('InternalServerError')
const faults = [
  ...threeInTen('ContainerGroups_CreateOrUpdate', [...usual, ...LACK_OF_ROOM]),
  ...['ContainerGroups_Get', 'ContainerGroups_List*', 'ContainerGroups_Delete', 'Operations_*'].flatMap(
    (operation) => threeInTen(operation, usual),
  ),
]

describe('a service on which three of ten calls go wrong', () => {
  it.each(FAULT_SEEDS)(
    'has every run ready or ended with the right error, none twice, and none left (seed %i)',
    {
      timeout: 300_000,
    },
    async (seed) => {
      await using cloud = await emulated({ faults, seed })
      const starts = await startUnderFaults(cloud.provider, { ...HELLO, ready: http('/') }, AT_ONCE)
      const { ready, codes, left } = starts
      expect(codes.filter((code) => !TROUBLE.has(code))).toEqual([])
      expect(ready.length, codes.join(', ')).toBeGreaterThan(AT_ONCE / 2)
      const refs = new Set(ready.map(({ ref }) => ref))
      expect(refs.size).toBe(ready.length)
      const isLeft = (name: string) => left.some((each) => each.includes(name))
      const unknown = (await cloud.groups()).filter((name) => !refs.has(name) && !isLeft(name))
      expect(unknown, 'what is there and nobody knows of').toEqual([])

      await removeUnderFaults(starts)
      cloud.emulator.clearFaults()
      await cloud.provider.sweep()
      expect((await cloud.groups()).filter((name) => !isLeft(name))).toEqual([])
    },
  )
})
