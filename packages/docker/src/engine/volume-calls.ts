import { type CallOptions, type EngineFilters, filtersParameter } from './engine-request.ts'
import type { EngineTransport } from './engine-transport.ts'

/** Fields of a volume. */
export interface Volume {
  readonly Name: string
  readonly Driver: string
  readonly Mountpoint: string
  readonly CreatedAt?: string
  readonly Labels: Readonly<Record<string, string>> | null
}

/** What a volume is made of; the engine chooses a name where none is given. */
export interface VolumeCreateBody {
  readonly Name?: string | undefined
  readonly Driver?: string | undefined
  readonly DriverOpts?: Readonly<Record<string, string>> | undefined
  readonly Labels?: Readonly<Record<string, string>> | undefined
}

/** Calls about volumes. */
export interface VolumeCalls {
  /** Resolves with the existing one where the name is taken, whatever its labels. */
  create(body?: VolumeCreateBody, options?: CallOptions): Promise<Volume>
  /** Null where absent. */
  inspect(name: string, options?: CallOptions): Promise<Volume | null>
  list(options?: CallOptions & { readonly filters?: EngineFilters | undefined }): Promise<readonly Volume[]>
  /** True, or false where it was absent. @throws EngineError 409 while a container uses it */
  remove(name: string, options?: CallOptions & { readonly force?: boolean | undefined }): Promise<boolean>
}

/** Binds the calls to a transport. */
export function volumeCalls(transport: EngineTransport): VolumeCalls {
  const at = (name: string) => `/volumes/${encodeURIComponent(name)}`
  return {
    create: (body = {}, { signal } = {}) =>
      transport.json({ method: 'POST', path: '/volumes/create', json: body, signal }),
    inspect: (name, { signal } = {}) => transport.jsonOrNull({ method: 'GET', path: at(name), signal }),
    async list({ filters, signal } = {}) {
      const query = { filters: filtersParameter(filters) }
      const answer = await transport.json<{ Volumes: Volume[] | null }>({
        method: 'GET',
        path: '/volumes',
        query,
        signal,
      })
      return answer.Volumes ?? []
    },
    async remove(name, { force, signal } = {}) {
      const query = { force }
      const request = {
        method: 'DELETE',
        path: at(name),
        query,
        idempotent: true,
        accept: [404],
        signal,
      } as const
      return (await transport.status(request)) !== 404
    },
  }
}
