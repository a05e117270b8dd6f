import { EngineError } from './engine-error.ts'
import type { EngineRequest } from './engine-request.ts'
import { jsonLines } from './json-lines.ts'

/** One message of a pull, import or load. */
export interface ImageProgress {
  /** `Pulling fs layer`, `Downloading`, `Pull complete`, `Digest: sha256:…`, an import's new image id. */
  readonly status: string
  /** The layer it is about (short id), or the tag. */
  readonly id?: string
  /** Bytes done. */
  readonly current?: number
  /** Bytes in all, where known. */
  readonly total?: number
}

interface ProgressOnTheWire {
  readonly status?: string
  /** What a load says, with a newline at its end. */
  readonly stream?: string
  readonly id?: string
  readonly progressDetail?: { readonly current?: number; readonly total?: number }
  readonly error?: string
  readonly errorDetail?: { readonly code?: number; readonly message?: string }
}

/** Reads the progress of an image call. @throws EngineError when the engine reports, within the stream, that it failed */
export async function* imageProgress(
  chunks: AsyncIterable<Uint8Array>,
  { method, path }: EngineRequest,
): AsyncGenerator<ImageProgress, void> {
  const told = jsonLines(chunks, (line) => JSON.parse(line) as ProgressOnTheWire)
  for await (const { status, stream, id, progressDetail, error, errorDetail } of told) {
    const failure = errorDetail?.message ?? error
    if (failure !== undefined) {
      throw new EngineError(`${method} ${path} failed: ${failure}`, {
        method,
        path,
        status: errorDetail?.code,
        sent: true,
      })
    }
    yield {
      status: status ?? stream?.trim() ?? '',
      ...(id !== undefined && { id }),
      ...(progressDetail?.current !== undefined && { current: progressDetail.current }),
      ...(progressDetail?.total !== undefined && { total: progressDetail.total }),
    }
  }
}
