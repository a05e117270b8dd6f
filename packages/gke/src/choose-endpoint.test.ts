import { describe, expect, it } from 'vitest'
import { chooseEndpoint } from './choose-endpoint.ts'
import { readCluster } from './gke-cluster.ts'

const dns = 'gke-0123.us-central1.gke.goog'
const token = async () => 'a token'
const ca = '-----BEGIN CERTIFICATE-----'

function cluster(access: 'dns' | 'public' | 'private-only') {
  return readCluster('my-project', {
    name: 'demo',
    location: 'us-central1',
    endpoint: access === 'public' ? '34.1.2.3' : '10.0.0.2',
    masterAuth: { clusterCaCertificate: Buffer.from(ca).toString('base64') },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { endpoint: dns, allowExternalTraffic: access === 'dns' },
      ipEndpointsConfig: {
        enabled: true,
        enablePublicEndpoint: access === 'public',
        publicEndpoint: access === 'public' ? '34.1.2.3' : null,
        privateEndpoint: '10.0.0.2',
      },
    },
  })
}

describe('chooseEndpoint', () => {
  it('takes the name where everybody may call it, by the authorities that everybody knows', () => {
    expect(chooseEndpoint(cluster('dns'), undefined, token)).toMatchObject({
      server: `https://${dns}`,
      certificateAuthority: undefined,
    })
  })

  it("else the public address, by the cluster's own authority", () => {
    expect(chooseEndpoint(cluster('public'), undefined, token)).toMatchObject({
      server: 'https://34.1.2.3',
      certificateAuthority: ca,
    })
  })

  it('takes a private address only where that is chosen', () => {
    expect(() => chooseEndpoint(cluster('private-only'), undefined, token)).toThrow(
      'gke: cluster demo in us-central1 has a private endpoint only: let it be called by DNS (gcloud container clusters update demo --location us-central1 --enable-dns-access), or run this within its network',
    )
    expect(chooseEndpoint(cluster('private-only'), 'private', token).server).toBe('https://10.0.0.2')
  })

  it('says which there are where another is chosen', () => {
    expect(() => chooseEndpoint(cluster('private-only'), 'public', token)).toThrow(
      /has no public endpoint, but private: choose another/,
    )
  })

  it('reads clusters that are older than these settings', () => {
    const older = { name: 'old', location: 'us-central1-a', endpoint: '34.9.9.9' }
    expect(chooseEndpoint(readCluster('p', older), undefined, token).server).toBe('https://34.9.9.9')
    const shut = readCluster('p', {
      ...older,
      privateClusterConfig: { enablePrivateEndpoint: true, privateEndpoint: '10.1.1.1' },
    })
    expect(() => chooseEndpoint(shut, undefined, token)).toThrow(/private endpoint only/)
  })
})
