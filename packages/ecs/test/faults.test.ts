import { http } from '@berth/core'
import type { EcsDialect } from '@berth/emulator'
import { describe, expect, it } from 'vitest'
import {
  FAULT_SEEDS,
  removeUnderFaults,
  startUnderFaults,
  TROUBLE,
} from '../../core/test/start-under-faults.ts'
import { LACK_OF_ROOM, threeInTen, usualFaults } from '../../emulator/test/fault/three-in-ten.ts'
import { taskId } from '../src/ecs-names.ts'
import { emulated, HELLO } from './emulated.ts'

const AT_ONCE = 40

const usual = usualFaults('ServerException')
const faults = [
  ...threeInTen('RunTask', [...usual, ...LACK_OF_ROOM]),
  ...[
    'DescribeTasks',
    'ListTasks',
    'StopTask',
    'RegisterTaskDefinition',
    'DescribeTaskDefinition',
    'DescribeNetworkInterfaces',
    'DescribeLogStreams',
    'DeleteLogStream',
  ].flatMap((operation) => threeInTen(operation, usual)),
]

/** How the service words some of its refusals, and whether it means them, which it does differently from one time to the next. */
function dialectOf(seed: number): Partial<EcsDialect> {
  return {
    failuresAreFinal: seed % 2 === 0,
    throttling: seed % 4 < 2 ? 'ThrottlingException' : 'InvalidParameterException',
  }
}

describe('a service on which three of ten calls go wrong', () => {
  it.each(FAULT_SEEDS)(
    'has every run ready or ended with the right error, none twice, and none left (seed %i)',
    {
      timeout: 300_000,
    },
    async (seed) => {
      await using cloud = await emulated({ faults, seed, dialects: { ecs: dialectOf(seed) } })
      const starts = await startUnderFaults(cloud.provider, { ...HELLO, ready: http('/') }, AT_ONCE)
      const { ready, codes, left } = starts
      expect(codes.filter((code) => !TROUBLE.has(code))).toEqual([])
      expect(ready.length, codes.join(', ')).toBeGreaterThan(AT_ONCE / 2)
      const refs = new Set(ready.map(({ ref }) => ref))
      expect(refs.size).toBe(ready.length)
      // An error names the task where it is known, else the run that was ordered, which is its group.
      const isLeft = (...names: readonly string[]) =>
        left.some((each) => names.includes(each.split('/')[1]?.split(' ')[0] ?? ''))
      const unknown = (await cloud.tasks()).filter(
        ({ taskArn = '', group = '' }) => !refs.has(taskId(taskArn)) && !isLeft(group, taskId(taskArn)),
      )
      expect(unknown, 'what is there and nobody knows of').toEqual([])

      await removeUnderFaults(starts)
      cloud.emulator.clearFaults()
      await cloud.provider.sweep()
      const still = (await cloud.tasks()).filter(
        ({ taskArn = '', group = '' }) => !isLeft(group, taskId(taskArn)),
      )
      expect(still).toEqual([])
    },
  )
})
