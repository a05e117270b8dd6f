import type { ClusterRequest } from './cluster-client.ts'

/** Where a request goes: below the server, with its query. */
export function addressOf(server: string, { path, query = {} }: ClusterRequest): URL {
  const url = new URL(server + path)
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value ?? []].flat()) url.searchParams.append(name, each)
  }
  return url
}
