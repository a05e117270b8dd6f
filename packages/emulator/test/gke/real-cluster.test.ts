import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../../src/index.ts'
import { type ClusterClient, clusterClient } from './cluster-client.ts'

const { KUBECONFIG, LAB_KUBERNETES, LAB_IMAGE_BUSYBOX = '' } = process.env
const execute = promisify(execFile)
const NAME = `behind-gke-${process.pid}`

if (LAB_KUBERNETES === undefined || KUBECONFIG === undefined) {
  describe('a real cluster behind GKE', () => {
    it.skip('needs a Kubernetes cluster and its image: set LAB_KUBERNETES, KUBECONFIG and LAB_IMAGE_BUSYBOX')
  })
} else {
  describe('a real cluster behind GKE', () => {
    let emulator: Emulator
    let cluster: ClusterClient
    let directory: string
    beforeAll(async () => {
      const clusters = { real: { kubeconfig: KUBECONFIG } }
      emulator = await startEmulator({ services: ['gke'], backend: 'none', tls: false, google: { clusters } })
      cluster = await clusterClient(emulator, 'real')
      directory = await mkdtemp(join(tmpdir(), 'berth-test-'))
    })
    afterAll(async () => {
      await kubectl('delete', 'pod', NAME, '--ignore-not-found', '--grace-period=1').catch(() => {})
      await emulator.close()
      await rm(directory, { recursive: true, force: true })
    })

    /** The cluster's own command line, with Google's token and what the Container API says. */
    async function kubectl(...words: string[]): Promise<string> {
      const file = join(directory, 'kubeconfig')
      const config = {
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'gke',
        contexts: [{ name: 'gke', context: { cluster: 'gke', user: 'gke' } }],
        clusters: [
          {
            name: 'gke',
            cluster: {
              server: cluster.origin,
              'certificate-authority-data': Buffer.from(cluster.certificateAuthority).toString('base64'),
            },
          },
        ],
        users: [{ name: 'gke', user: { token: cluster.token } }],
      }
      await writeFile(file, JSON.stringify(config), { mode: 0o600 })
      const { stdout } = await execute('kubectl', ['--kubeconfig', file, ...words])
      return stdout
    }

    it('answers by its own words, and says who let one in', async () => {
      const { status, body, emulator: words } = await cluster.ask('GET', '/version')
      expect([status, words]).toEqual([200, 'access by the emulator, cluster real'])
      expect(body.gitVersion).toMatch(/^v1\.\d+/)
    })

    it('runs a Pod, and a command in it, by kubectl', async () => {
      await kubectl('run', NAME, '--image', LAB_IMAGE_BUSYBOX, '--restart=Never', '--', 'sleep', '600')
      await kubectl('wait', '--for=condition=Ready', `pod/${NAME}`, '--timeout=50s')
      expect(await kubectl('exec', NAME, '--', 'echo', 'hello')).toBe('hello\n')
      await expect(kubectl('exec', NAME, '--', 'sh', '-c', 'exit 3')).rejects.toMatchObject({ code: 3 })
      await kubectl('delete', 'pod', NAME, '--grace-period=1')
    })
  })
}
