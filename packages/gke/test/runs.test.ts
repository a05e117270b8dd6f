import { setTimeout as delay } from 'node:timers/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type ContainerRun, type ContainerSpec, http } from '@berth/core'
import { afterEach, describe, expect, it } from 'vitest'
import { gkeAccount } from '../src/gke-account.ts'
import { type GkeCapabilities, type GkeOptions, gke } from '../src/index.ts'
import { openCluster } from '../src/open-cluster.ts'
import { useEmulatedGke } from './emulated.ts'

/** Google's library asks for another token five minutes before the end of the last. */
const MARGIN_IN_MS = 2_000
const LIFETIME_IN_MS = 300_000 + MARGIN_IN_MS

const { emulator } = useEmulatedGke('runs', {
  google: {
    clusters: { pilot: {}, standard: { autopilot: false }, named: { endpoints: ['dns'] } },
    tokenLifetimeInMs: LIFETIME_IN_MS,
  },
})
const opened: ReturnType<typeof gke>[] = []
const runs: ContainerRun<GkeCapabilities>[] = []
afterEach(async () => {
  await Promise.all(runs.splice(0).map((run) => run.remove()))
  await Promise.all(opened.splice(0).map((provider) => provider.close()))
})

/** The emulated nodes are this machine. */
function provider(options: GkeOptions = {}) {
  const made = gke({ expose: 'private', ...options })
  opened.push(made)
  return made
}

async function run(spec: Partial<ContainerSpec<GkeCapabilities>> = {}, options: GkeOptions = {}) {
  const started = await provider(options).run({
    image: 'berth/hello',
    ports: [80],
    ready: http('/'),
    ...spec,
  })
  runs.push(started)
  return started
}

describe('a run on an emulated cluster', () => {
  it('starts, answers, and is gone when it was removed', async () => {
    const web = await run()
    await web.ready()
    expect(await (await fetch(web.url ?? '')).text()).toBe('hello')
    expect(web.emulated).toBe(emulator().description)
    const phases = web.timeline.phases.reduce((sum, { duration }) => sum + duration, 0)
    expect(phases).toBe(web.timeline.total)
    await web.remove()
    expect(await provider().get(web.id)).toBeNull()
  })

  it('gets what Autopilot gives, and is billed for it, also when it was found again', async () => {
    const web = await run({ cpu: 1, memory: '512Mi', fit: 'up' })
    await web.ready()
    expect(web.notes[0]).toBe('1 vCPU and 512 MiB were rounded up to 1 vCPU and 1 GiB')
    const perHour = 0.0445 + 0.0049225
    expect(web.cost().perHour).toBeCloseTo(perHour, 10)
    const found = await provider().get(web.id)
    expect(found?.cost().perHour).toBeCloseTo(perHour, 10)
  })

  it('that asks for nothing is told what Autopilot has made of it', async () => {
    const web = await run()
    expect(web.notes).toContain('the cluster gives main ephemeral-storage 1Gi (requests and limits)')
    expect(web.cost().perHour).toBeCloseTo(0.5 * 0.0445 + 2 * 0.0049225, 10)
  })

  it('costs nothing by itself on a Standard cluster', async () => {
    const web = await run({}, { cluster: 'standard' })
    await web.ready()
    expect([web.notes, web.cost().perHour]).toEqual([[], 0])
  })

  it('is reached by the name of its cluster, by the authorities that everybody knows', async () => {
    const { endpoints } = await openCluster(gkeAccount({ cluster: 'named' }), new AbortController())
    expect(endpoints.public).toBeUndefined()
    const known = getCACertificates('default')
    setDefaultCACertificates([...known, endpoints.certificateAuthority ?? ''])
    try {
      const web = await run({}, { cluster: 'named' })
      await web.ready()
      expect(web.notes).toContain('the cluster gives main ephemeral-storage 1Gi (requests and limits)')
    } finally {
      setDefaultCACertificates(known)
    }
  })

  it('is placed on a Spot node where it says so', async () => {
    const web = await run({ spot: true })
    await web.ready()
    expect(web.cost().rates.source).toMatch(/spot \(varies\)/)
  })

  it('is refused before any call where Autopilot refuses it', async () => {
    const posted = () =>
      emulator()
        .requests()
        .filter(({ operation }) => operation === 'create pods').length
    const before = posted()
    await expect(run({ cpu: 2, memory: '256Mi' })).rejects.toThrow(
      /nearest are cpu: 0\.25, memory: '256Mi' and cpu: 2, memory: '2Gi'/,
    )
    await expect(run({ options: { gke: { podSpec: { hostNetwork: true } } } })).rejects.toMatchObject({
      code: 'unsupported',
    })
    expect(posted()).toBe(before)
  })
})

describe('a cluster that is not there', () => {
  it('has nothing of a run that was to be made there', async () => {
    await expect(run({}, { cluster: 'other' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.not.stringContaining('still there'),
    })
  })
})

describe('a token', () => {
  const exchanges = () =>
    emulator()
      .requests()
      .filter(({ operation }) => operation === 'ExchangeToken').length

  it('is kept while it lasts, and asked for anew before it ends', async () => {
    const pilot = provider()
    const before = exchanges()
    for (let count = 0; count < 5; count += 1) await pilot.get('gke/nothing-of-this-name')
    expect(exchanges() - before).toBe(1)
    await delay(MARGIN_IN_MS)
    await pilot.get('gke/nothing-of-this-name')
    expect(exchanges() - before).toBe(2)
  })

  it('that the cluster knows no more is a matter of signing in', async () => {
    const pilot = provider()
    await pilot.get('gke/nothing-of-this-name')
    emulator().clocks.frontEnd.set({ offsetInMs: LIFETIME_IN_MS })
    try {
      await expect(pilot.get('gke/nothing-of-this-name')).rejects.toMatchObject({
        code: 'authentication',
        message: expect.stringContaining('sign in: gcloud auth application-default login'),
      })
    } finally {
      emulator().clocks.frontEnd.set({})
    }
  })
})

describe('berth doctor', () => {
  it('finds all that is needed', async () => {
    const { status, items } = await provider().check()
    expect(items.map(({ name, status: each }) => `${name} ${each}`)).toEqual([
      'credentials ok',
      'project ok',
      'cluster ok',
      'API server ok',
      'access ok',
      'namespace ok',
      'permissions ok',
    ])
    expect(status).not.toBe('failed')
    expect(items[2]?.detail).toMatch(
      /^Autopilot cluster pilot in us-central1, 1\.\d+\.\d+-gke\.1000, RUNNING, at https:\/\/127\./,
    )
  })

  it('says what is missing, and skips what stands on it', async () => {
    const { items } = await provider({ cluster: 'other' }).check()
    expect(items.find(({ name }) => name === 'cluster')).toMatchObject({
      status: 'failed',
      mend: expect.stringContaining('name one of these'),
    })
    expect(items.at(-1)).toMatchObject({ name: 'permissions', status: 'skipped' })
  })
})
