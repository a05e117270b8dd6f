import { checkServer } from './check-server.ts'
import type { ClusterAccess } from './cluster-access.ts'

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'

/** The cluster of the pod that this runs in, by its service account; undefined where this is none. */
export async function podAccess(): Promise<ClusterAccess | undefined> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env
  const { existsSync } = await import('node:fs')
  if (!host || !port || !existsSync(`${FOLDER}/token`)) return undefined
  const { readFile } = await import('node:fs/promises')
  const read = (name: string) => readFile(`${FOLDER}/${name}`, 'utf8')
  return {
    server: checkServer(`https://${host.includes(':') ? `[${host}]` : host}:${port}`),
    namespace: (await read('namespace').catch(() => '')).trim() || undefined,
    isInside: true,
    source: "this pod's service account",
    credentials: async () => ({
      headers: { Authorization: `Bearer ${(await read('token')).trim()}` },
      ca: await read('ca.crt'),
    }),
  }
}
