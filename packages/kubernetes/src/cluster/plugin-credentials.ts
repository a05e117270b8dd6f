import type { Agent, RequestOptions } from 'node:https'
import type { ClusterCredentials } from './cluster-access.ts'

/**
 * What a plugin of a kubeconfig gives, or a proxy takes: `aws eks get-token`, `kubelogin`, OpenID Connect. The library that knows them all takes a third
 * of a second to load, so that it is loaded only where a kubeconfig has one.
 *
 * @param file left out: as KUBECONFIG and ~/.kube/config have it
 */
export async function pluginCredentials(
  file: string | undefined,
  context: string,
): Promise<() => Promise<ClusterCredentials>> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  if (file === undefined) config.loadFromDefault()
  else config.loadFromFile(file)
  config.setCurrentContext(context)
  return async () => {
    const options: RequestOptions = {}
    await config.applyToHTTPSOptions(options)
    const { ca, cert, key, servername, rejectUnauthorized, headers, auth } = options
    const basic = typeof auth === 'string' ? `Basic ${Buffer.from(auth).toString('base64')}` : undefined
    return {
      headers: {
        ...(headers as Record<string, string> | undefined),
        ...(basic !== undefined && { Authorization: basic }),
      },
      ca: ca as string | Buffer | undefined,
      cert: cert as string | Buffer | undefined,
      key: key as string | Buffer | undefined,
      servername,
      rejectUnauthorized,
      ...(config.getCurrentCluster()?.proxyUrl && { agent: options.agent as Agent }),
    }
  }
}
