import type { ClusterCredentials } from './cluster-access.ts'
import type { KubeconfigCluster, KubeconfigUser } from './kubeconfig-file.ts'

/** What a kubeconfig itself holds or names as files: certificates, keys, tokens. Files are read each time. */
export async function plainCredentials(
  cluster: KubeconfigCluster,
  user: KubeconfigUser,
): Promise<ClusterCredentials> {
  const { readFile } = await import('node:fs/promises')
  const pem = async (data: string | undefined, file: string | undefined) => {
    if (data) return Buffer.from(data, 'base64')
    return file ? await readFile(file) : undefined
  }
  const token = user.tokenFile ? (await readFile(user.tokenFile, 'utf8')).trim() : user.token
  const basic = user.username ? `${user.username}:${user.password ?? ''}` : undefined
  const authorization = token ? `Bearer ${token}` : basic && `Basic ${Buffer.from(basic).toString('base64')}`
  return {
    headers: authorization ? { Authorization: authorization } : {},
    ca: await pem(cluster['certificate-authority-data'], cluster['certificate-authority']),
    cert: await pem(user['client-certificate-data'], user['client-certificate']),
    key: await pem(user['client-key-data'], user['client-key']),
    servername: cluster['tls-server-name'],
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] ? false : undefined,
  }
}
