import type { WireResponse } from '../../server/wire-message.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { Change } from '../objects/object-store.ts'
import { badRequest, expired, StatusError } from '../status-error.ts'
import type { ApiRequest } from './api-request.ts'
import { apiVersionOf } from './api-version.ts'
import { type Predicate, selectorOf } from './match-selector.ts'
import { isTrue } from './read-target.ts'
import { renderObject } from './render-objects.ts'
import type { RestParts } from './rest-parts.ts'
import { wantedForm } from './wanted-form.ts'

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: object
}

/** A server ends a watch by itself after half an hour to an hour. */
const LEAST_LENGTH_IN_S = 1_800

/** GET …?watch=1: every change from a version on, a line each, until it is ended. */
export function watchObjects(request: ApiRequest, parts: RestParts): WireResponse {
  const { searchParams } = request.wire.url
  if (searchParams.has('sendInitialEvents'))
    throw new StatusError(
      422,
      'Invalid',
      'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
    )
  const from = readVersion(searchParams.get('resourceVersion'))
  const isWanted = watched(request)
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' },
    stream: renderEvents(changesFrom(from, request, isWanted, parts)),
  }
}

async function* renderEvents(events: AsyncIterable<WatchEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`
}

/** The request's namespace, name and selectors together. */
function watched({ wire, target }: ApiRequest): Predicate {
  const { type, namespace, name } = target
  const isSelected = selectorOf(wire.url, type)
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    isSelected(object)
}

async function* changesFrom(
  from: number,
  request: ApiRequest,
  isWanted: Predicate,
  parts: RestParts,
): AsyncGenerator<WatchEvent> {
  const { store, world, dialect } = parts
  const { type, namespace } = request.target
  const form = wantedForm(request.wire.headers.accept)
  const told = (change: WatchEvent['type'], object: KubernetesObject): WatchEvent => ({
    type: change,
    object: renderObject(object, type, form, world.clocks.frontEnd.read()),
  })
  const missed = from === 0 ? [] : store.since(type.resource, from)
  if (missed === null) {
    yield {
      type: 'ERROR',
      object: expired(`too old resource version: ${from} (${store.version})`).toStatus(),
    }
    return
  }
  const queue: Change[] = [...missed]
  let wake = () => {}
  const unsubscribe = store.subscribe(type.resource, (change) => {
    queue.push(change)
    wake()
  })
  const { searchParams } = request.wire.url
  const wantsBookmarks = dialect.bookmarks && isTrue(searchParams.get('allowWatchBookmarks'))
  const endsAt = performance.now() + lengthInMs(searchParams.get('timeoutSeconds'))
  let bookmarkAt = performance.now() + world.time.toReal(dialect.bookmarkEveryInMs)
  const { signal } = request.wire
  const leave = () => wake()
  signal.addEventListener('abort', leave)
  try {
    if (from === 0) {
      const all: readonly KubernetesObject[] = store.list(type.resource, namespace)
      for (const object of all.filter(isWanted)) yield told('ADDED', object)
    }
    while (performance.now() < endsAt && !signal.aborted) {
      for (let change = queue.shift(); change !== undefined; change = queue.shift()) {
        const kind = kindFor(change, isWanted)
        if (kind !== null) yield told(kind, change.object)
      }
      if (wantsBookmarks && performance.now() >= bookmarkAt) {
        bookmarkAt = performance.now() + world.time.toReal(dialect.bookmarkEveryInMs)
        yield { type: 'BOOKMARK', object: bookmark(request, store.version) }
      }
      const until = wantsBookmarks ? Math.min(endsAt, bookmarkAt) : endsAt
      await nextChange(queue, until, (call) => {
        wake = call
      })
    }
  } finally {
    signal.removeEventListener('abort', leave)
    unsubscribe()
  }
}

/** What a change is to somebody who sees only what is wanted: what becomes wanted is new, and what is so no more is gone. */
function kindFor({ type, object, before }: Change, isWanted: Predicate): Change['type'] | null {
  const was = before !== undefined && isWanted(before)
  if (type === 'DELETED') return was ? 'DELETED' : null
  if (isWanted(object)) return was ? 'MODIFIED' : 'ADDED'
  return was ? 'DELETED' : null
}

function bookmark({ target: { type } }: ApiRequest, version: number): object {
  return {
    kind: type.kind,
    apiVersion: apiVersionOf(type),
    metadata: { resourceVersion: String(version), creationTimestamp: null },
  }
}

function nextChange(
  queue: readonly Change[],
  until: number,
  onWake: (call: () => void) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const inMs = Math.max(0, until - performance.now())
    const timer = setTimeout(resolve, Math.min(inMs, 0x7fff_ffff))
    // Nobody waits for the emulator because somebody watches.
    timer.unref()
    onWake(() => {
      clearTimeout(timer)
      resolve()
    })
    if (queue.length > 0) {
      clearTimeout(timer)
      resolve()
    }
  })
}

function lengthInMs(text: string | null): number {
  const seconds = Number(text ?? 0)
  if (!(seconds >= 0)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return (seconds || LEAST_LENGTH_IN_S * (1 + Math.random())) * 1_000
}

/** 0: with all that is there now. */
function readVersion(text: string | null): number {
  if (text === null || text === '') return 0
  const version = Number(text)
  if (!Number.isInteger(version) || version < 0)
    throw badRequest(`Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: invalid syntax`)
  return version
}
