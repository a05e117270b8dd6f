import { http, secret } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { listRuns } from '../../conformance/test/kubernetes/ask-api-server.ts'
import { canary } from '../../core/test/canary.ts'
import {
  removeUnderFaults,
  startUnderFaults,
  TROUBLE,
  untilAnswered,
} from '../../core/test/start-under-faults.ts'
import { LACK_OF_ROOM, threeInTen, usualFaults } from '../../emulator/test/fault/three-in-ten.ts'
import { emulatedCluster } from './emulated-cluster.ts'

/** Each round has a cluster of its own: 300 starts, by BERTH_FAULT_ROUNDS=8, take some minutes; fewer in every check. */
const ROUNDS = Number(process.env.BERTH_FAULT_ROUNDS ?? 1)
const AT_ONCE = ROUNDS > 1 ? 40 : 15
const SEED = Number(process.env.BERTH_FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))
const SEEDS = Array.from({ length: ROUNDS }, (_, round) => SEED + round)

const usual = usualFaults('InternalError')
const faults = [
  ...threeInTen('create pods', [...usual, ...LACK_OF_ROOM]),
  ...[
    'create secrets',
    'patch secrets',
    'get pods',
    'list pods',
    'watch pods',
    'delete pods',
    'list secrets',
    'delete secrets',
    'list services',
    'list events',
  ].flatMap((operation) => threeInTen(operation, usual)),
]

describe('a cluster on which three of ten calls go wrong', () => {
  it.each(SEEDS)(
    'has every run ready or ended with the right error, none twice, and none left (seed %i)',
    { timeout: 300_000 },
    async (seed) => {
      await using cluster = await emulatedCluster({ faults, seed })
      const { provider, emulator, ask } = cluster
      const spec = {
        image: 'berth/hello',
        ports: [80],
        env: { TOKEN: secret(canary) },
        ready: http('/'),
      }
      const starts = await startUnderFaults(provider, spec, AT_ONCE)
      const { ready, codes, left } = starts
      expect(codes.filter((code) => !TROUBLE.has(code))).toEqual([])
      expect(ready.length, codes.join(', ')).toBeGreaterThan(AT_ONCE / 2)
      const refs = new Set(ready.map(({ ref }) => ref))
      expect(refs.size).toBe(ready.length)
      const isLeft = (each: string) => left.some((id) => each.includes(` ${id.split('/')[1]} `))
      const there = await untilAnswered(() => listRuns(ask))
      const unknown = there.filter((each) => !refs.has(nameOf(each)) && !isLeft(each))
      expect(unknown, 'what is there and nobody knows of').toEqual([])

      await removeUnderFaults(starts)
      emulator.clearFaults()
      await provider.sweep()
      expect((await listRuns(ask)).filter((each) => !isLeft(each))).toEqual([])
    },
  )
})

/** Of `pods web-1a2b {…}`. */
function nameOf(listed: string): string {
  return listed.split(' ')[1] ?? ''
}
