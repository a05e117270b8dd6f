import { expect, it } from 'vitest'
import { mapDockerAddresses } from './map-docker-addresses.ts'
import type { NetworkHolder } from './network-holder.ts'

const here = { host: '127.0.0.1', local: true }

function holder(more: Partial<NetworkHolder> = {}): NetworkHolder {
  return {
    labels: { 'berth-ports': '80/tcp,53/udp', 'berth-expose': 'local' },
    running: true,
    networkMode: 'default',
    ownAddress: '10.9.8.7',
    gateway: '10.9.8.1',
    published: (port) =>
      port === '80/tcp'
        ? [
            { HostIp: '::', HostPort: '9' },
            { HostIp: '127.0.0.1', HostPort: '32768' },
          ]
        : [],
    ...more,
  }
}

it('gives what is published, as proxied, and nothing for what is not', () => {
  expect(mapDockerAddresses(holder(), here)).toEqual([
    { host: '127.0.0.1', port: 32768, containerPort: 80, protocol: 'tcp', exposure: 'local', proxied: true },
  ])
})

it('adds the own address where its network is one of this machine', () => {
  // Loopback stands for a bridge that surely is there.
  const addresses = mapDockerAddresses(holder({ gateway: '127.0.0.1' }), here)
  expect(addresses.map(({ host, port, proxied }) => [host, port, proxied])).toEqual([
    ['127.0.0.1', 32768, true],
    ['10.9.8.7', 80, undefined],
  ])
  expect(mapDockerAddresses(holder({ gateway: '127.0.0.1' }), { host: 'far', local: false })).toHaveLength(1)
})

it('gives the own address of a private run, and the host of one on its network', () => {
  const labels = { 'berth-ports': '80/tcp', 'berth-expose': 'private' }
  expect(mapDockerAddresses(holder({ labels }), here)).toMatchObject([
    { host: '10.9.8.7', port: 80, exposure: 'private' },
  ])
  expect(mapDockerAddresses(holder({ networkMode: 'host' }), here)[0]).toMatchObject({
    host: '127.0.0.1',
    port: 80,
  })
})

it('gives nothing while it does not run', () => {
  expect(mapDockerAddresses(holder({ running: false }), here)).toEqual([])
})
