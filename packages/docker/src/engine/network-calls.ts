import { type CallOptions, type EngineFilters, filtersParameter } from './engine-request.ts'
import type { EngineTransport } from './engine-transport.ts'

/** Fields of a network. */
export interface Network {
  readonly Id: string
  readonly Name: string
  readonly Driver: string
  readonly Scope: string
  readonly Internal: boolean
  readonly Labels: Readonly<Record<string, string>> | null
  readonly IPAM?: {
    readonly Config: readonly { readonly Subnet?: string; readonly Gateway?: string }[] | null
  }
}

/** What a network is made of. */
export interface NetworkCreateBody {
  readonly Name: string
  /** Default `bridge`. */
  readonly Driver?: string | undefined
  /** No way out of it. */
  readonly Internal?: boolean | undefined
  /** Refuse a name that is taken: older engines allow it twice. Default true here. */
  readonly CheckDuplicate?: boolean | undefined
  readonly Labels?: Readonly<Record<string, string>> | undefined
  readonly Options?: Readonly<Record<string, string>> | undefined
}

/** Calls about networks; `id` may be a name as well. Containers join by `containers.connect`. */
export interface NetworkCalls {
  /** Resolves with its id. @throws EngineError 409 where the name is taken */
  create(body: NetworkCreateBody, options?: CallOptions): Promise<string>
  /** Null where absent. */
  inspect(id: string, options?: CallOptions): Promise<Network | null>
  list(options?: CallOptions & { readonly filters?: EngineFilters | undefined }): Promise<readonly Network[]>
  /** True, or false where it was absent. @throws EngineError 403 while containers are in it */
  remove(id: string, options?: CallOptions): Promise<boolean>
}

/** Binds the calls to a transport. */
export function networkCalls(transport: EngineTransport): NetworkCalls {
  const at = (id: string) => `/networks/${encodeURIComponent(id)}`
  return {
    async create(body, { signal } = {}) {
      const json = { CheckDuplicate: true, ...body }
      return (
        await transport.json<{ Id: string }>({ method: 'POST', path: '/networks/create', json, signal })
      ).Id
    },
    inspect: (id, { signal } = {}) => transport.jsonOrNull({ method: 'GET', path: at(id), signal }),
    list: ({ filters, signal } = {}) =>
      transport.json({
        method: 'GET',
        path: '/networks',
        query: { filters: filtersParameter(filters) },
        signal,
      }),
    async remove(id, { signal } = {}) {
      const request = { method: 'DELETE', path: at(id), idempotent: true, accept: [404], signal } as const
      return (await transport.status(request)) !== 404
    },
  }
}
