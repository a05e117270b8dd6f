import type { ClusterAnswer, ClusterClient } from './cluster-client.ts'
import { ClusterError } from './cluster-error.ts'
import { jsonLines } from './json-lines.ts'
import type { Metadata } from './metadata.ts'
import type { Status } from './status.ts'

/** One change of an object; `connected` once the server has answered. */
export type ObjectChange<T> =
  | { readonly kind: 'connected' }
  | { readonly kind: 'added' | 'modified' | 'deleted'; readonly object: T }

export interface WatchTarget {
  readonly path: string
  readonly labelSelector: string
  /** From where on: that of a list. */
  readonly resourceVersion: string
  readonly signal: AbortSignal
  onAnswer?(answer: ClusterAnswer): void
}

interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: { readonly metadata: Metadata } & Status
}

const KINDS = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const
/** The server ends a watch after half an hour to an hour by itself; a connection that went silently dead is noticed so. */
const LENGTH_IN_SECONDS = 290
/** A bookmark comes every minute. What is silent for longer is dead, whatever its socket says. */
const SILENCE_LIMIT_IN_MS = 150_000

/**
 * Every change of the objects of a selector, without a gap however often the server or the network ends a connection: each is followed by one
 * from where the last change, or bookmark, was.
 *
 * @throws ClusterError with status 410 where the server no longer knows what has been since
 */
export async function* watchObjects<T extends { readonly metadata: Metadata }>(
  client: ClusterClient,
  target: WatchTarget,
): AsyncGenerator<ObjectChange<T>> {
  const { path, labelSelector, signal } = target
  let { resourceVersion } = target
  for (let failures = 0; ; ) {
    let isNew = false
    try {
      const stream = await client.stream(
        {
          method: 'GET',
          path,
          query: {
            watch: '1',
            labelSelector,
            resourceVersion,
            allowWatchBookmarks: 'true',
            timeoutSeconds: String(LENGTH_IN_SECONDS),
          },
          signal,
        },
        target.onAnswer,
      )
      stream.setTimeout(SILENCE_LIMIT_IN_MS, () => stream.destroy())
      yield { kind: 'connected' }
      for await (const { type, object } of jsonLines<Change>(stream)) {
        isNew = true
        if (type === 'ERROR') throw refused(path, object)
        resourceVersion = object.metadata.resourceVersion ?? resourceVersion
        if (type !== 'BOOKMARK') yield { kind: KINDS[type], object: object as unknown as T }
      }
      failures = 0
    } catch (error) {
      signal.throwIfAborted()
      // A connection that broke after it had told something is opened again at once; what cannot even be opened is the caller's matter.
      const broke = !ClusterError.isInstance(error) || error.status === undefined
      failures = isNew ? 0 : failures + 1
      if (!broke || failures > 1) throw error
    }
    signal.throwIfAborted()
  }
}

function refused(path: string, { code, reason, message = 'the watch was ended' }: Status): ClusterError {
  return new ClusterError({ method: 'GET', path, status: code, reason, message, sent: true })
}
