import { http, secret } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { listRuns } from '../../conformance/test/kubernetes/ask-api-server.ts'
import { canary } from '../../core/test/canary.ts'
import {
  FAULT_SEEDS,
  removeUnderFaults,
  startUnderFaults,
  TROUBLE,
  untilAnswered,
} from '../../core/test/start-under-faults.ts'
import { LACK_OF_ROOM, threeInTen, usualFaults } from '../../emulator/test/fault/three-in-ten.ts'
import { emulatedCluster } from './emulated-cluster.ts'

/** Fewer in every check. */
const AT_ONCE = FAULT_SEEDS.length > 1 ? 40 : 15

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
  it.each(FAULT_SEEDS)(
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
      // An error that could not look says `kubernetes/web-1a2b (perhaps: …)`.
      const isLeft = (each: string) => left.some((id) => id.split('/')[1]?.split(' ')[0] === nameOf(each))
      const there = await untilAnswered(() => listRuns(ask))
      const unknown = there.filter((each) => !refs.has(nameOf(each)) && !isLeft(each))
      expect(unknown.join('\n'), 'what is there and nobody knows of').toBe('')

      await removeUnderFaults(starts)
      emulator.clearFaults()
      await provider.sweep()
      expect((await listRuns(ask)).filter((each) => !isLeft(each))).toEqual([])
    },
  )
})

describe('a cluster that is out of reach once the Pod is there', () => {
  it('has the error name the run as perhaps left', { timeout: 60_000 }, async () => {
    await using cluster = await emulatedCluster({
      faults: ['patch secrets', 'list pods'].map((operation) => ({
        match: { operation },
        effect: { kind: 'error', status: 403, code: 'Forbidden', message: 'not this account' },
      })),
    })
    const { provider, emulator, ask } = cluster
    const start = provider.run({ image: 'berth/hello', env: { TOKEN: secret(canary) } })
    await expect(start).rejects.toMatchObject({
      code: 'permission',
      evidence: { left: [expect.stringMatching(/^kubernetes\/\S+ \(perhaps: /)] },
    })
    emulator.clearFaults()
    expect((await listRuns(ask)).map((each) => each.split(' ')[0])).toEqual(['pods', 'secrets'])
    await provider.sweep()
  })
})

/** Of `pods web-1a2b {…}`. */
function nameOf(listed: string): string {
  return listed.split(' ')[1] ?? ''
}
