import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Emulator, type EmulatorOptions, startEmulator } from '@berth/emulator'
import { afterAll, beforeAll } from 'vitest'

const VARIABLES = /^(?:GOOGLE_|CLOUDSDK_)/
type Clusters = NonNullable<NonNullable<EmulatorOptions['google']>['clusters']>

/** An emulated Container API whose clusters nobody stands behind, for what is asked of Google alone. This process is pointed at it. */
export function useEmulatedApi(clusters: Clusters): { readonly emulator: () => Emulator } {
  let emulator: Emulator
  let directory: string
  const before = Object.entries(process.env).filter(([name]) => VARIABLES.test(name))
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'berth-test-'))
    const kubeconfig = join(directory, 'kubeconfig')
    await writeFile(kubeconfig, KUBECONFIG)
    const nobody = { kubeconfig, version: '1.33.4-gke.1172000' }
    const behind = Object.entries(clusters).map(([name, cluster]) => [name, { ...nobody, ...cluster }])
    emulator = await startEmulator({
      services: ['gke'],
      backend: 'none',
      tls: false,
      google: { clusters: Object.fromEntries(behind) },
    })
    Object.assign(process.env, emulator.environment)
  })
  afterAll(async () => {
    for (const name of Object.keys(process.env)) if (VARIABLES.test(name)) delete process.env[name]
    Object.assign(process.env, Object.fromEntries(before))
    await emulator.close()
    await rm(directory, { recursive: true, force: true })
  })
  return { emulator: () => emulator }
}

const KUBECONFIG = `
apiVersion: v1
kind: Config
current-context: nobody
contexts: [{ name: nobody, context: { cluster: nobody, user: nobody } }]
clusters: [{ name: nobody, cluster: { server: 'https://127.0.0.1:9' } }]
users: [{ name: nobody, user: { token: unused } }]
`
