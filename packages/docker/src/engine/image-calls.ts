import type { IncomingMessage } from 'node:http'
import {
  type CallOptions,
  type EngineBody,
  type EngineFilters,
  type EngineRequest,
  encodePath,
  filtersParameter,
} from './engine-request.ts'
import { type EngineStream, streamResponse } from './engine-stream.ts'
import type { EngineTransport } from './engine-transport.ts'
import type { DistributionInspect, ImageInspect, ImageSummary } from './image-fields.ts'
import { parseImageReference } from './image-reference.ts'
import { JsonLines } from './json-lines.ts'
import { type ImageProgress, readProgress } from './pull-progress.ts'
import { type RegistryAuth, registryAuthHeader } from './registry-auth.ts'

/** Options of a pull. */
export interface PullOptions extends CallOptions {
  /** `linux/arm64`, `linux/arm/v7`. Default: the engine's own. */
  readonly platform?: string | undefined
  readonly auth?: RegistryAuth | null | undefined
}

/** What to make of an imported file system. */
export interface ImportOptions extends CallOptions {
  /** Name of the new image, `app:1`. */
  readonly reference: string
  /** Dockerfile instructions: `CMD ["/app"]`, `ENV A=1`. */
  readonly changes?: readonly string[] | undefined
  readonly platform?: string | undefined
}

/** Calls about images. */
export interface ImageCalls {
  /** Null where the engine has no such image. */
  inspect(reference: string, options?: CallOptions): Promise<ImageInspect | null>
  list(
    options?: CallOptions & { readonly filters?: EngineFilters | undefined },
  ): Promise<readonly ImageSummary[]>
  /**
   * Pulls an image; it is there when the iteration has ended. Ending the iteration early stops the pull, unless
   * another client waits for the same one.
   *
   * @throws EngineError when it fails, also while iterating; TypeError when it is no image reference
   */
  pull(reference: string, options?: PullOptions): Promise<EngineStream<ImageProgress>>
  /** Makes an image of one layer from a tar of its file system; resolves with its id. */
  import(tar: EngineBody, options: ImportOptions): Promise<string>
  /** Loads the images of a `docker save` archive; resolves when they are there. */
  load(archive: EngineBody, options?: CallOptions): Promise<void>
  tag(image: string, reference: string, options?: CallOptions): Promise<void>
  /** Succeeds where the image is absent. @throws EngineError 409 while a container uses it (unless `force`) */
  remove(reference: string, options?: CallOptions & { readonly force?: boolean | undefined }): Promise<void>
  /** Asks the image's registry, through the engine, which platforms it has; pulls nothing. Null where it has no such image. */
  distribution(
    reference: string,
    options?: CallOptions & { readonly auth?: RegistryAuth | null | undefined },
  ): Promise<DistributionInspect | null>
}

/** Binds the calls to a transport. */
export function imageCalls(transport: EngineTransport): ImageCalls {
  return {
    inspect: (reference, { signal } = {}) =>
      transport.jsonOrNull({ method: 'GET', path: `/images/${encodePath(reference)}/json`, signal }),
    list: ({ filters, signal } = {}) =>
      transport.json({
        method: 'GET',
        path: '/images/json',
        query: { filters: filtersParameter(filters) },
        signal,
      }),
    async pull(reference, { platform, auth, signal } = {}) {
      const { name, tag, digest } = parseImageReference(reference)
      const request: EngineRequest = {
        method: 'POST',
        path: '/images/create',
        query: { fromImage: name, tag: digest ?? tag, platform },
        headers: registryAuthHeader(auth),
        signal,
      }
      return progressOf(await transport.send(request), request)
    },
    async import(tar, { reference, changes = [], platform, signal }) {
      const { name, tag } = parseImageReference(reference)
      const request: EngineRequest = {
        method: 'POST',
        path: '/images/create',
        query: { fromSrc: '-', repo: name, tag, platform, changes },
        body: tar,
        signal,
      }
      const response = await transport.send(request)
      let imageId = ''
      for await (const { status } of progressOf(response, request)) imageId = status
      return imageId
    },
    async load(archive, { signal } = {}) {
      const request: EngineRequest = {
        method: 'POST',
        path: '/images/load',
        query: { quiet: true },
        body: archive,
        signal,
      }
      for await (const _ of progressOf(await transport.send(request), request)) {
        // only the end, or the error, is of interest
      }
    },
    async tag(image, reference, { signal } = {}) {
      const { name, tag } = parseImageReference(reference)
      const path = `/images/${encodePath(image)}/tag`
      await transport.status({ method: 'POST', path, query: { repo: name, tag }, idempotent: true, signal })
    },
    async remove(reference, { force, signal } = {}) {
      const path = `/images/${encodePath(reference)}`
      await transport.status({
        method: 'DELETE',
        path,
        query: { force },
        idempotent: true,
        accept: [404],
        signal,
      })
    },
    distribution: (reference, { auth, signal } = {}) =>
      transport.jsonOrNull({
        method: 'GET',
        path: `/distribution/${encodePath(reference)}/json`,
        headers: registryAuthHeader(auth),
        signal,
      }),
  }
}

function progressOf(response: IncomingMessage, request: EngineRequest): EngineStream<ImageProgress> {
  return streamResponse(
    response,
    request,
    (body) => new JsonLines(body, (line) => readProgress(line, request)),
  )
}
