import type { WireResponse } from '../../server/wire-message.ts'
import type { PodLogs } from '../pod/read-pod-log.ts'
import { methodNotAllowed } from '../status-error.ts'
import type { ApiRequest } from './api-request.ts'
import { patchObject, updateObject } from './change-object.ts'
import { createObject } from './create-object.ts'
import { deleteCollection, deleteObject } from './delete-object.ts'
import { findObject } from './find-object.ts'
import { jsonResponse } from './json-response.ts'
import { ListReader } from './list-objects.ts'
import { type RestParts, told } from './rest-parts.ts'
import { watchObjects } from './watch-objects.ts'

/** What each verb does, whatever the resource. */
export class ObjectOperations {
  readonly #parts: RestParts
  readonly #lists: ListReader
  readonly #logs: PodLogs

  constructor(parts: RestParts, logs: PodLogs) {
    this.#parts = parts
    this.#lists = new ListReader(parts)
    this.#logs = logs
  }

  /** @throws StatusError */
  async perform(request: ApiRequest): Promise<WireResponse> {
    const { type, subresource, verb } = request.target
    if (subresource === 'log' && verb === 'get') return this.#logs.read(request)
    if (subresource !== undefined && subresource !== 'status') throw methodNotAllowed(type)
    switch (verb) {
      case 'get':
        return jsonResponse(200, told(findObject(request.target, this.#parts), request, this.#parts))
      case 'list':
        return this.#lists.list(request)
      case 'watch':
        return watchObjects(request, this.#parts)
      case 'create':
        return await createObject(request, this.#parts)
      case 'update':
        return updateObject(request, this.#parts)
      case 'patch':
        return patchObject(request, this.#parts)
      case 'delete':
        return deleteObject(request, this.#parts)
      case 'deletecollection':
        return deleteCollection(request, this.#parts)
      case 'unknown':
        throw methodNotAllowed(type)
    }
  }
}
