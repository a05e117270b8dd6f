import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ClusterManagerClient } from '@google-cloud/container'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GoogleWorld, googleWorld } from '../google.ts'

let world: GoogleWorld
beforeAll(async () => {
  world = await googleWorld()
})
afterAll(() => world.close())

type Opened = { readonly client: ClusterManagerClient; readonly options: object }
const transports: readonly (readonly [string, () => Promise<Opened>])[] = [
  ['REST', async () => ({ client: await world.byRest(), options: {} })],
  ['gRPC', () => world.byGrpc()],
]

describe.each(transports)("Google's own client, by %s", (_, open) => {
  it('gets a cluster', async () => {
    const { client, options } = await open()
    const [cluster] = await client.getCluster({ name: `${world.parent}/clusters/berth` }, options)
    expect(cluster).toMatchObject({
      name: 'berth',
      location: 'us-central1',
      status: 'RUNNING',
      currentMasterVersion: '1.33.4-gke.1172000',
      autopilot: { enabled: true },
      endpoint: new URL(world.emulator.endpoints['gke-berth'] ?? '').host,
    })
    const authority = Buffer.from(cluster.masterAuth?.clusterCaCertificate ?? '', 'base64').toString()
    expect(authority).toMatch(/^-----BEGIN CERTIFICATE-----/)
  })

  it('lists clusters of one location and of all', async () => {
    const { client, options } = await open()
    const project = world.parent.split('/locations')[0]
    const [{ clusters: all }] = await client.listClusters({ parent: `${project}/locations/-` }, options)
    expect(all?.map(({ name }) => name)).toEqual(['berth', 'zonal', 'named'])
    const [{ clusters: here }] = await client.listClusters({ parent: world.parent }, options)
    expect(here?.map(({ name }) => name)).toEqual(['berth'])
  })

  it('is told which endpoints a cluster has', async () => {
    const { client, options } = await open()
    const project = world.parent.split('/locations')[0]
    const at = async (path: string) =>
      (await client.getCluster({ name: `${project}/locations/${path}` }, options))[0]
        .controlPlaneEndpointsConfig
    const { ipEndpointsConfig } = (await at('europe-west1-b/clusters/zonal')) ?? {}
    expect(ipEndpointsConfig).toMatchObject({
      enabled: true,
      privateEndpoint: expect.stringMatching(/^127\./),
    })
    expect(ipEndpointsConfig?.enablePublicEndpoint ?? false).toBe(false)
    const { dnsEndpointConfig } = (await at('europe-west1/clusters/named')) ?? {}
    expect(dnsEndpointConfig).toMatchObject({
      allowExternalTraffic: true,
      endpoint: expect.stringMatching(/^localhost:/),
    })
  })

  it('gets versions, and the operation that has made a cluster', async () => {
    const { client, options } = await open()
    const [config] = await client.getServerConfig({ name: world.parent }, options)
    expect(config.validMasterVersions).toEqual(['1.33.4-gke.1172000'])
    const [{ operations }] = await client.listOperations({ parent: world.parent }, options)
    expect(operations).toMatchObject([{ operationType: 'CREATE_CLUSTER', status: 'DONE' }])
    const [operation] = await client.getOperation(
      { name: `${world.parent}/operations/${operations?.[0]?.name}` },
      options,
    )
    expect(operation.targetLink).toMatch(/clusters\/berth$/)
  })

  it('is told what is not there, and whose it is', async () => {
    const { client, options } = await open()
    await expect(client.getCluster({ name: `${world.parent}/clusters/none` }, options)).rejects.toMatchObject(
      {
        code: 5,
        message: expect.stringContaining(
          'Not found: projects/berth-emulated/locations/us-central1/clusters/none.',
        ),
      },
    )
    const theirs = { name: 'projects/theirs/locations/us-central1/clusters/berth' }
    await expect(client.getCluster(theirs, options)).rejects.toMatchObject({ code: 7 })
  })

  it('is refused by a fault as by the service', async () => {
    const { client, options } = await open()
    world.emulator.addFault({
      match: { service: 'gke', operation: 'GetCluster' },
      effect: { kind: 'throttle' },
    })
    try {
      const unrepeated = { ...options, retry: null, timeout: 5_000 }
      const call = client.getCluster({ name: `${world.parent}/clusters/berth` }, unrepeated)
      await expect(call).rejects.toMatchObject({ code: 8 })
    } finally {
      world.emulator.clearFaults()
    }
  })
})

describe('credentials', () => {
  const url = () => `${world.emulator.endpoints.google}/v1/${world.parent}/clusters`

  it('are needed', async () => {
    const answer = await fetch(url())
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } })
    const { status } = await fetch(url(), { headers: { authorization: 'Bearer ya29.emulated.guessed' } })
    expect(status).toBe(401)
  })

  it('are needed by gRPC too', async () => {
    const { client } = await world.byGrpc()
    const call = client.getCluster({ name: `${world.parent}/clusters/berth` }, { retry: null })
    await expect(call).rejects.toMatchObject({ code: 16 })
  })

  it('give no token to whoever shows another secret', async () => {
    const path = world.emulator.environment.GOOGLE_APPLICATION_CREDENTIALS ?? ''
    const { token_url, audience } = JSON.parse(await readFile(path, 'utf8'))
    const ask = (subjectToken: string) =>
      fetch(token_url, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          audience,
          subject_token: subjectToken,
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        }),
      })
    const refused = await ask('guessed')
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_grant' }),
    ])
    expect((await ask('')).status).toBe(400)
  })

  it('are for this user alone, and gone with the emulator', async () => {
    const short = await googleWorld()
    const path = short.emulator.environment.GOOGLE_APPLICATION_CREDENTIALS ?? ''
    const { credential_source } = JSON.parse(await readFile(path, 'utf8'))
    for (const file of [path, credential_source.file]) expect((await stat(file)).mode & 0o777).toBe(0o600)
    await short.close()
    await expect(stat(dirname(path))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('end', async () => {
    const hour = 3_600_000
    const token = await world.token()
    const ask = async () => (await fetch(url(), { headers: { authorization: `Bearer ${token}` } })).status
    expect(await ask()).toBe(200)
    world.emulator.clocks.frontEnd.set({ offsetInMs: hour })
    try {
      expect(await ask()).toBe(401)
    } finally {
      world.emulator.clocks.frontEnd.set({})
    }
  })
})

it('answers a path that no API has as what stands before them', async () => {
  const answer = await fetch(`${world.emulator.endpoints.google}/v2/nothing`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
  expect(answer.headers.get('berth-emulator')).toBe(world.emulator.description)
})
