import { readFile, writeFile } from 'node:fs/promises'
import { BerthError } from '@berth/core'
import { afterEach, describe, expect, it } from 'vitest'
import { gkeAccount } from '../src/gke-account.ts'
import { type GkeOptions, gke } from '../src/index.ts'
import { openCluster } from '../src/open-cluster.ts'
import { useEmulatedApi } from './emulated-api.ts'

const { emulator } = useEmulatedApi({
  demo: { autopilot: true },
  standard: { location: 'europe-west1-b' },
  twin: { location: 'europe-west1' },
  'being-made': { status: 'PROVISIONING' },
})
afterEach(() => emulator().clearFaults())

const signal = () => new AbortController().signal

async function find(options: GkeOptions = {}) {
  const account = gkeAccount(options)
  try {
    return await openCluster(account, { signal: signal() })
  } finally {
    await account.api.close()
  }
}

async function failureOf(options: GkeOptions): Promise<string> {
  try {
    await find(options)
  } catch (error) {
    if (BerthError.isInstance(error)) return `${error.code}: ${error.message}`
    throw error
  }
  return 'it was found'
}

describe.each(['rest', 'grpc'] as const)('a cluster, by %s', (transport) => {
  const by = (options: GkeOptions = {}): GkeOptions => ({
    transport,
    ...(transport === 'grpc' && { endpoint: emulator().endpoints['google-grpc'] }),
    ...options,
  })

  it("is the one that gcloud's own variables name", async () => {
    expect(await find(by())).toMatchObject({
      name: 'demo',
      location: 'us-central1',
      project: 'berth-emulated',
      isAutopilot: true,
      version: [1, 33, 4],
      status: 'RUNNING',
    })
  })

  it('is looked for in all of the project where no location is named', async () => {
    const region = process.env.CLOUDSDK_COMPUTE_REGION
    delete process.env.CLOUDSDK_COMPUTE_REGION
    try {
      expect(await find(by({ cluster: 'standard' }))).toMatchObject({
        location: 'europe-west1-b',
        isAutopilot: false,
      })
    } finally {
      process.env.CLOUDSDK_COMPUTE_REGION = region
    }
  })

  it('that is not there is told with those that are', async () => {
    expect(await failureOf(by({ cluster: 'other' }))).toBe(
      'not-found: gke: there is no cluster other in us-central1; project berth-emulated has demo (us-central1), standard (europe-west1-b), twin (europe-west1), being-made (us-central1): name one of these with CLOUDSDK_CONTAINER_CLUSTER or gke({ cluster, location })',
    )
  })

  it('that is another project’s is a matter of permission', async () => {
    expect(await failureOf(by({ project: 'of-others' }))).toMatch(
      /^permission: gke: Required "container\.clusters\.get" .*: give this account the role/,
    )
  })

  it('is asked for in vain while the service is throttled', async () => {
    emulator().addFault({ match: { service: 'gke' }, effect: { kind: 'throttle' } })
    expect(await failureOf(by())).toMatch(/^rate-limited: gke: Quota exceeded/)
  })
})

describe('what cannot be used', () => {
  it('a cluster that is still being made', async () => {
    expect(await failureOf({ cluster: 'being-made' })).toBe(
      'unavailable: gke: cluster being-made in us-central1 is PROVISIONING: wait until it is RUNNING, or name another',
    )
  })

  it('no name of a cluster: it is told which there are', async () => {
    const name = process.env.CLOUDSDK_CONTAINER_CLUSTER
    delete process.env.CLOUDSDK_CONTAINER_CLUSTER
    try {
      expect(await failureOf({})).toMatch(
        /^invalid-spec: gke: no cluster is named, and project berth-emulated has demo .*: name one with CLOUDSDK_CONTAINER_CLUSTER/,
      )
    } finally {
      process.env.CLOUDSDK_CONTAINER_CLUSTER = name
    }
  })

  it('a credential that is good no more', async () => {
    const path = process.env.GOOGLE_APPLICATION_CREDENTIALS ?? ''
    const { credential_source } = JSON.parse(await readFile(path, 'utf8'))
    const secret = await readFile(credential_source.file, 'utf8')
    await writeFile(credential_source.file, 'of an earlier emulator')
    try {
      expect(await failureOf({})).toMatch(
        /^authentication: gke: .*The subject token .*: sign in: gcloud auth application-default login/,
      )
    } finally {
      await writeFile(credential_source.file, secret)
    }
  })

  it('a file of credentials that is not there', async () => {
    const path = process.env.GOOGLE_APPLICATION_CREDENTIALS
    process.env.GOOGLE_APPLICATION_CREDENTIALS = '/nowhere/credentials.json'
    try {
      expect(await failureOf({})).toMatch(/^authentication: gke: .*: sign in: /)
    } finally {
      process.env.GOOGLE_APPLICATION_CREDENTIALS = path
    }
  })

  it('an API that is not there', async () => {
    expect(await failureOf({ endpoint: 'http://127.0.0.1:9' })).toMatch(
      /^unavailable: gke: .*: is there a way to Google's API from here\?/,
    )
  })

  it('an endpoint to which a token would go unencrypted', async () => {
    expect(() => gke({ endpoint: 'http://container.example' })).toThrow(/would go unencrypted; use https/)
    process.env.CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER = 'http://container.example'
    try {
      expect(await failureOf({})).toMatch(
        /^invalid-spec: gke: calls to http:\/\/container\.example would go unencrypted/,
      )
    } finally {
      process.env.CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER =
        emulator().environment.CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER
    }
  })
})

it('is asked for once, by however many', async () => {
  const account = gkeAccount({})
  const before = emulator()
    .requests()
    .filter(({ operation }) => operation === 'GetCluster').length
  await Promise.all(Array.from({ length: 5 }, () => openCluster(account, { signal: signal() })))
  await openCluster(account, { signal: signal() })
  const asked =
    emulator()
      .requests()
      .filter(({ operation }) => operation === 'GetCluster').length - before
  expect(asked).toBe(1)
  await account.api.close()
})

it('lets whoever aborts go, with the reason', async () => {
  emulator().addFault({ match: { operation: 'GetCluster' }, effect: { kind: 'lost-response', hangs: true } })
  const account = gkeAccount({})
  const reason = new Error('enough')
  const controller = new AbortController()
  const opening = openCluster(account, { signal: controller.signal })
  setTimeout(() => controller.abort(reason), 50)
  await expect(opening).rejects.toBe(reason)
  await account.api.close()
})
