import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { type Emulator, startEmulator } from '../../src/index.ts'
import { azureToken } from '../azure.ts'
import { whyOutOfScope } from './recordings/emulated-scope.ts'
import { EXPLANATIONS, type Explanation, explain } from './recordings/explained-differences.ts'
import { describeDifference, findDifferences } from './recordings/find-differences.ts'
import { type ChooseImage, ImageSubstitution } from './recordings/image-substitution.ts'
import { type Recording, readRecordings } from './recordings/read-recording.ts'
import { recordedDurations } from './recordings/recorded-durations.ts'
import { replayRecording } from './recordings/replay-recording.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const directory = `${process.env.BERTH_RECORDINGS ?? `${root}../shared/recordings`}/aci`
const recordings = existsSync(directory) ? readRecordings(directory) : []
const { LAB_IMAGE_BUSYBOX: busybox, LAB_IMAGE_NGINX: nginx } = process.env

// What took minutes is replayed in a fraction of them, by real containers too. A machine that is busy with something else may lag behind the
// recorded moments: then it is replayed again.
vi.setConfig({ testTimeout: 180_000 })
const AGAIN = { retry: 2 }

/** Who recorded: all of them were made in one subscription. */
const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000'
const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const GROUP = 'clitest.rg000001'

const BACKENDS: readonly { readonly kind: 'none' | 'process' | 'docker'; readonly choose: ChooseImage }[] = [
  // Recorded alpines without a command ended at once.
  {
    kind: 'none',
    choose: (image, command) => (image === 'alpine:latest' && !command ? 'none/exit:0' : image),
  },
  // Elsewhere groups have no addresses of their own, and other ports are told than were asked for.
  ...(process.platform === 'linux'
    ? [
        {
          kind: 'process' as const,
          choose: (image: string) => (image === 'nginx' ? 'berth/hello' : 'berth/shell'),
        },
      ]
    : []),
  ...(process.platform === 'linux' && busybox && nginx
    ? [{ kind: 'docker' as const, choose: (image: string) => (image === 'nginx' ? nginx : busybox) }]
    : []),
]

describe.skipIf(recordings.length === 0)(
  `recorded traffic${recordings.length > 0 ? '' : ` (left out: there is none in ${directory}; BERTH_RECORDINGS names another place)`}`,
  () => {
    const needed = new Set<Explanation>()
    const counts = { requests: 0, outOfScope: 0, fields: 0, explained: 0 }

    describe.concurrent.each(BACKENDS)('on backend $kind', ({ kind, choose }) => {
      it.concurrent.each(recordings)(
        '$name: the emulator answers as the service did',
        AGAIN,
        async (recording) => {
          await using emulator = await startEmulator({
            backend: kind,
            name: 'judge-recordings',
            profile: recordedDurations(recording),
            timeScale: 5,
            dialects: { aci: { address: 'accepted', createdEvents: true, containerTimes: 'seconds' } },
            azure: { tenantId: TENANT, subscriptions: [SUBSCRIPTION], resourceGroups: {} },
          })
          await makeResourceGroup(emulator, recording)
          const unexplained: string[] = []
          const images = new ImageSubstitution(choose)
          for await (const { recorded, emulated } of replayRecording(recording, { emulator, images })) {
            const request = `${recorded.method} ${recorded.url.pathname}`
            if (whyOutOfScope(recorded)) {
              expect(emulated, request).toMatchObject({
                status: 404,
                body: { error: { code: 'InvalidResourceNamespace' } },
              })
              counts.outOfScope += 1
              continue
            }
            const { fieldCount, differences } = findDifferences(recorded.answer, emulated)
            counts.requests += 1
            counts.fields += fieldCount
            for (const difference of differences) {
              const explanation = explain(difference, recording.name)
              if (!explanation) unexplained.push(`${request}: ${describeDifference(difference)}`)
              else {
                needed.add(explanation)
                counts.explained += 1
              }
            }
          }
          expect(unexplained).toEqual([])
        },
      )
    })

    it('is explained by nothing that is not needed', () => {
      expect(EXPLANATIONS.filter((explanation) => !needed.has(explanation))).toEqual([])
    })

    afterAll(() => {
      const { requests, outOfScope, fields, explained } = counts
      console.log(
        `recorded traffic: ${requests} requests compared (on ${BACKENDS.length} backends), ${outOfScope} out of scope; ${fields} fields, of which ${explained} differ as explained`,
      )
    })
  },
)

/** The one in which a recording takes place, as the recording shows it, unless it makes that itself. */
async function makeResourceGroup(emulator: Emulator, { exchanges }: Recording): Promise<void> {
  const [first] = exchanges
  if (first?.method !== 'GET') return
  const { location, tags } = first.answer.body as { location: string; tags: Record<string, string> }
  const url = `${emulator.endpoints.arm}/subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}?api-version=2021-04-01`
  const response = await fetch(url, {
    method: 'PUT',
    headers: { authorization: `Bearer ${await azureToken(emulator)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ location, tags }),
  })
  expect(response.status).toBe(201)
}
