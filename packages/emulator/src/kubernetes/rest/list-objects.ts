import { randomUUID } from 'node:crypto'
import { realNow } from '../../clock/real-time.ts'
import type { WireResponse } from '../../server/wire-message.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import { badRequest, expired } from '../status-error.ts'
import type { ApiRequest } from './api-request.ts'
import { jsonResponse } from './json-response.ts'
import { selectorOf } from './match-selector.ts'
import { renderList } from './render-objects.ts'
import type { RestParts } from './rest-parts.ts'
import { wantedForm } from './wanted-form.ts'

/** What is left of a list that is read page by page, as it was when its first page was read. */
interface Rest {
  readonly objects: readonly KubernetesObject[]
  readonly resourceVersion: string
  readonly until: number
}

/** A list can be read on for as long as the server keeps old versions. */
const KEPT_FOR_MS = 300_000

/** Lists, whole or page by page. */
export class ListReader {
  readonly #rests = new Map<string, Rest>()
  readonly #parts: RestParts

  constructor(parts: RestParts) {
    this.#parts = parts
  }

  list(request: ApiRequest): WireResponse {
    const { world } = this.#parts
    const { type } = request.target
    const { searchParams } = request.wire.url
    const limit = readLimit(searchParams.get('limit'))
    const from = searchParams.get('continue')
    const { objects, resourceVersion } = from ? this.#rest(from) : this.#all(request)
    const page = limit === 0 ? objects : objects.slice(0, limit)
    const left = objects.slice(page.length)
    const isSelected = searchParams.has('labelSelector') || searchParams.has('fieldSelector')
    const metadata = {
      resourceVersion,
      ...(left.length > 0 && { continue: this.#keep({ objects: left, resourceVersion }) }),
      ...(left.length > 0 && !isSelected && { remainingItemCount: left.length }),
    }
    const form = wantedForm(request.wire.headers.accept)
    return jsonResponse(200, renderList(page, type, form, { metadata, now: world.clocks.frontEnd.read() }))
  }

  #all({ wire, target }: ApiRequest): Pick<Rest, 'objects' | 'resourceVersion'> {
    const { store } = this.#parts
    const isWanted = selectorOf(wire.url, target.type)
    const all: readonly KubernetesObject[] = store.list(target.type.resource, target.namespace)
    return { objects: all.filter(isWanted), resourceVersion: String(store.version) }
  }

  #rest(token: string): Rest {
    const rest = this.#rests.get(token)
    if (rest && rest.until > realNow()) return rest
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
    )
  }

  #keep(rest: Omit<Rest, 'until'>): string {
    const now = realNow()
    for (const [token, { until }] of this.#rests) if (until < now) this.#rests.delete(token)
    const token = Buffer.from(randomUUID()).toString('base64url')
    this.#rests.set(token, { ...rest, until: now + this.#parts.world.time.toReal(KEPT_FOR_MS) })
    return token
  }
}

/** 0: all at once. */
function readLimit(text: string | null): number {
  const limit = Number(text ?? 0)
  if (!Number.isInteger(limit) || limit < 0)
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return limit
}
