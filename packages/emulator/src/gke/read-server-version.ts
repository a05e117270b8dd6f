import { askUpstream, type Upstream } from './proxy/upstream.ts'

/** `1.33.4`, as the Kubernetes behind a cluster says of itself. Throws an Error that says what was asked, and of whom. */
export async function readServerVersion(upstream: Upstream): Promise<string> {
  const { gitVersion } = (await askUpstream(upstream, '/version')) as { readonly gitVersion?: string }
  const version = /^v?(\d+\.\d+\.\d+)/.exec(gitVersion ?? '')?.[1]
  if (version === undefined)
    throw new Error(
      `${upstream.server.origin}/version tells no version of Kubernetes: ${gitVersion ?? 'nothing'}`,
    )
  return version
}
