import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../../src/index.ts'
import { type ClusterClient, clusterClient } from './cluster-client.ts'

const PODS = '/api/v1/namespaces/default/pods'

let emulator: Emulator
let pilot: ClusterClient
let older: ClusterClient
let standard: ClusterClient
beforeAll(async () => {
  emulator = await startEmulator({
    services: ['gke'],
    backend: 'none',
    tls: false,
    google: {
      clusters: { pilot: {}, older: { version: '1.29.9-gke.1000' }, standard: { autopilot: false } },
    },
  })
  pilot = await clusterClient(emulator, 'pilot')
  older = await clusterClient(emulator, 'older')
  standard = await clusterClient(emulator, 'standard')
})
afterAll(() => emulator.close())

let made = 0
function pod(container: object = {}, spec: object = {}) {
  made += 1
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${made}` },
    spec: { containers: [{ name: 'main', image: 'none/sleep', ...container }], ...spec },
  }
}

async function requestsOf(cluster: ClusterClient, container: object, spec: object = {}) {
  const { status, body } = await cluster.ask('POST', PODS, pod(container, spec))
  expect(status).toBe(201)
  return body.spec.containers[0].resources.requests
}

describe('a Pod on Autopilot', () => {
  it('that asks for nothing gets the defaults', async () => {
    expect(await requestsOf(pilot, {})).toEqual({ cpu: '500m', memory: '2Gi', 'ephemeral-storage': '1Gi' })
  })

  it('that asks for too little gets the least', async () => {
    const little = { resources: { requests: { cpu: '10m', memory: '10Mi' } } }
    expect(await requestsOf(pilot, little)).toMatchObject({ cpu: '50m', memory: String(52 * 2 ** 20) })
    expect(await requestsOf(older, little)).toMatchObject({ cpu: '250m', memory: String(512 * 2 ** 20) })
  })

  it('gets more of what is too little beside the other', async () => {
    const wide = { resources: { requests: { cpu: '2', memory: '1Gi' } } }
    expect(await requestsOf(pilot, wide)).toMatchObject({ cpu: '2000m', memory: String(2 * 2 ** 30) })
    const tall = { resources: { requests: { cpu: '1', memory: '13Gi' } } }
    expect(await requestsOf(pilot, tall)).toMatchObject({ cpu: '2000m' })
  })

  it.each<[string, object, object, string]>([
    [
      'more than there is',
      { resources: { requests: { cpu: '31', memory: '31Gi' } } },
      {},
      'autogke-pod-limit-constraints',
    ],
    ["the node's network", {}, { hostNetwork: true }, 'autogke-disallow-hostnamespaces'],
    [
      'a port of the node',
      { ports: [{ containerPort: 80, hostPort: 80 }] },
      {},
      'autogke-disallow-host-ports',
    ],
    ['all privileges', { securityContext: { privileged: true } }, {}, 'autogke-disallow-privilege'],
    [
      'a directory of the node',
      {},
      { volumes: [{ name: 'all', hostPath: { path: '/' } }] },
      'autogke-no-write-mode-hostpath',
    ],
  ])('that asks for %s is refused', async (_, container, spec, constraint) => {
    const { status, body } = await pilot.ask('POST', PODS, pod(container, spec))
    expect([status, body.reason]).toEqual([400, 'GKE Warden constraints violations'])
    expect(body.message).toContain(`[denied by ${constraint}]`)
  })

  it('is as it was sent on a Standard cluster, and for another class', async () => {
    const wide = { resources: { requests: { cpu: '2', memory: '1Gi' } } }
    expect(await requestsOf(standard, wide)).toEqual({ cpu: '2', memory: '1Gi' })
  })
})

describe("a cluster's API server", () => {
  it("lets in whoever has one of Google's tokens, and nobody else", async () => {
    const { status, body, emulator: words } = await pilot.ask('GET', PODS)
    expect([status, body.kind, words]).toEqual([200, 'PodList', emulator.description])
    for (const token of ['ya29.emulated.guessed', null]) {
      const refused = await pilot.ask('GET', PODS, undefined, token)
      expect([refused.status, refused.body.reason]).toEqual([401, 'Unauthorized'])
    }
  })

  it('is one of its own: what is made in one cluster is not in another', async () => {
    const { body } = await standard.ask('POST', PODS, pod())
    const { status } = await pilot.ask('GET', `${PODS}/${body.metadata.name}`)
    expect(status).toBe(404)
  })
})

it('has clusters of the names that it was given, and no others', async () => {
  await expect(
    startEmulator({ services: ['gke'], backend: 'none', google: { clusters: { 'Not a name': {} } } }),
  ).rejects.toThrow(/is no name of a cluster/)
  await expect(
    startEmulator({ services: ['gke'], backend: 'none', google: { project: 'x' } }),
  ).rejects.toThrow(/must be a project's id/)
})
