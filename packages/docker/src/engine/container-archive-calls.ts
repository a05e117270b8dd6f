import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { EngineError } from './engine-error.ts'
import type { CallOptions, EngineBody } from './engine-request.ts'
import type { EngineTransport } from './engine-transport.ts'
import { drain } from './read-response.ts'

/** What a path in a container is. */
export interface PathStat {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** As Go's FileMode: permissions in the low nine bits, `1 << 31` for a folder, `1 << 27` for a link. */
  readonly mode: number
  /** RFC 3339. */
  readonly mtime: string
  readonly linkTarget: string
}

/** Calls that copy files, as tar archives, into and out of containers, running or not. */
export interface ContainerArchiveCalls {
  /**
   * A file or folder as tar, with its own name as the first part; null where container or path are absent. Read or
   * destroy the stream; it fails with the signal's reason or the connection's error.
   */
  getArchive(
    id: string,
    path: string,
    options?: CallOptions,
  ): Promise<{ readonly stat: PathStat; readonly tar: Readable } | null>
  /**
   * Unpacks a tar into an existing folder.
   *
   * @param options.noOverwriteDirNonDir refuse to put a folder in the place of a file, or the reverse
   * @param options.copyUidGid keep the numeric owners of the archive
   * @throws EngineError 404 when container or folder are absent, 403 when the root file system is read-only
   */
  putArchive(
    id: string,
    path: string,
    tar: EngineBody,
    options?: CallOptions & {
      readonly noOverwriteDirNonDir?: boolean | undefined
      readonly copyUidGid?: boolean | undefined
    },
  ): Promise<void>
  /** Null where container or path are absent. */
  statPath(id: string, path: string, options?: CallOptions): Promise<PathStat | null>
}

/** Binds the calls to a transport. */
export function containerArchiveCalls(transport: EngineTransport): ContainerArchiveCalls {
  const at = (id: string) => `/containers/${encodeURIComponent(id)}/archive`
  return {
    async getArchive(id, path, { signal } = {}) {
      const request = { method: 'GET', path: at(id), query: { path }, accept: [404], signal } as const
      const response = await transport.send(request)
      if (response.statusCode === 404) {
        await drain(response, request)
        return null
      }
      response.on('error', () => {}) // an abort before it is read is no uncaught exception; the reader is told
      return { stat: statOf(response, request), tar: response }
    },
    async putArchive(id, path, tar, { noOverwriteDirNonDir, copyUidGid, signal } = {}) {
      const query = { path, noOverwriteDirNonDir, copyUIDGID: copyUidGid }
      await transport.status({ method: 'PUT', path: at(id), query, body: tar, signal })
    },
    async statPath(id, path, { signal } = {}) {
      const request = { method: 'HEAD', path: at(id), query: { path }, accept: [404], signal } as const
      const response = await transport.send(request)
      await drain(response, request)
      return response.statusCode === 404 ? null : statOf(response, request)
    },
  }
}

function statOf(response: IncomingMessage, { method, path }: { method: string; path: string }): PathStat {
  const header = response.headers['x-docker-container-path-stat']
  if (typeof header !== 'string') {
    response.destroy()
    throw new EngineError(`${method} ${path}: the engine does not say what the path is`, {
      method,
      path,
      sent: true,
    })
  }
  return JSON.parse(Buffer.from(header, 'base64').toString()) as PathStat
}
