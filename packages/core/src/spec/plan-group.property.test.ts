import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plan, problemsOf } from '../../test/spec/problems-of.ts'
import { BerthError } from '../errors/berth-error.ts'

const KEYS = [
  'image',
  'command',
  'args',
  'env',
  'workingDirectory',
  'cpu',
  'memory',
  'ports',
  'files',
  'mounts',
  'health',
  'user',
  'registry',
  'name',
  'ready',
  'lifetime',
  'stopGrace',
  'labels',
  'fit',
  'architecture',
  'restart',
  'expose',
  'volumes',
  'sidecars',
  'initContainers',
  'gpu',
  'spot',
  'regions',
  'options',
  'kind',
  'probe',
  'probes',
  'port',
  'path',
  'content',
  'mode',
  'volume',
  'username',
  'password',
  'lease',
]

/** Values that a spec may hold, right, wrong and absurd. */
const value = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
    withSet: true,
    key: fc.constantFrom(...KEYS),
  }),
  fc.constantFrom('nginx', 80, '1Gi', '10s', 'scope', 'http', '/', 'all', 'host'),
)
const spec = fc.dictionary(fc.constantFrom(...KEYS), value)

/** Where in a sound spec there are objects with fields of their own. */
const sound = () => ({
  image: 'nginx',
  ports: [{ port: 80 }],
  files: { '/a': { content: 'b' } },
  volumes: { data: { kind: 'empty' } },
  mounts: [{ volume: 'data', path: '/data' }],
  health: { probe: { kind: 'tcp' } },
  sidecars: { a: { image: 'a', mounts: [{ volume: 'data', path: '/data' }] } },
  initContainers: { b: { image: 'b' } },
  lifetime: { lease: '10m' },
  ready: {
    kind: 'all',
    probes: [
      { kind: 'http', path: '/' },
      { kind: 'any', probes: [{ kind: 'tcp' }] },
    ],
  },
})
const PLACES: readonly (readonly [path: string, find: (spec: ReturnType<typeof sound>) => unknown])[] = [
  ['', (spec) => spec],
  ['ports[0].', (spec) => spec.ports[0]],
  ['files["/a"].', (spec) => spec.files['/a']],
  ['volumes.data.', (spec) => spec.volumes.data],
  ['mounts[0].', (spec) => spec.mounts[0]],
  ['health.', (spec) => spec.health],
  ['health.probe.', (spec) => spec.health.probe],
  ['sidecars.a.', (spec) => spec.sidecars.a],
  ['sidecars.a.mounts[0].', (spec) => spec.sidecars.a.mounts[0]],
  ['initContainers.b.', (spec) => spec.initContainers.b],
  ['lifetime.', (spec) => spec.lifetime],
  ['ready.', (spec) => spec.ready],
  ['ready.probes[0].', (spec) => spec.ready.probes[0]],
  ['ready.probes[1].probes[0].', (spec) => spec.ready.probes[1]?.probes?.[0]],
]

describe('whatever it is given, planGroup', () => {
  it('plans it, or throws BerthError or TypeError', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(spec, value), async (given) => {
        try {
          expect((await plan(given)).containers[0]?.name).toBe('main')
        } catch (error) {
          expect(BerthError.isInstance(error) || error instanceof TypeError).toBe(true)
          if (error instanceof TypeError) expect(error.message).toMatch(/^a container spec must be an object/)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses an unknown key wherever it stands', async () => {
    const words = fc.stringMatching(/^[a-z]{1,12}$/).filter((word) => !KEYS.includes(word))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PLACES), words, async ([path, find], word) => {
        const known = [
          'protocol',
          'publish',
          'readOnly',
          'interval',
          'timeout',
          'retries',
          'startPeriod',
          'status',
          'headers',
          'scheme',
          'body',
        ]
        fc.pre(!known.includes(word))
        const given = sound()
        Object.assign(find(given) as object, { [word]: 1 })
        expect((await problemsOf(given))[0]).toMatch(`${path}${word}: is no field of`)
      }),
      { numRuns: 300 },
    )
  })

  it('carries any text through command, args, env and files, byte for byte', async () => {
    const text = fc.string({ unit: 'binary' }).filter((word) => !word.includes('\0') && word.isWellFormed())
    await fc.assert(
      fc.asyncProperty(fc.array(text), text, async (words, content) => {
        const [main] = (
          await plan({
            image: 'a',
            command: words,
            args: words,
            env: { A: content },
            files: { '/a': content },
          })
        ).containers
        expect([main?.command, main?.args, main?.env.A, main?.files[0]?.content]).toEqual([
          words,
          words,
          content,
          content,
        ])
      }),
    )
  })

  it('takes any text for a name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (name) => {
        expect((await plan({ image: 'a', name })).name).toMatch(/^[a-z][a-z0-9-]{0,48}[a-z0-9]$/)
      }),
    )
  })
})
