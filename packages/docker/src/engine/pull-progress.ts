import { EngineError } from './engine-error.ts'
import type { EngineRequest } from './engine-request.ts'

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

/** Reads one line of the progress of an image call. @throws EngineError when the engine reports there that it failed */
export function readProgress(line: string, { method, path }: EngineRequest): ImageProgress {
  const { status, stream, id, progressDetail, error, errorDetail } = JSON.parse(line) as ProgressOnTheWire
  const failure = errorDetail?.message ?? error
  if (failure !== undefined) {
    throw new EngineError(`${method} ${path} failed: ${failure}`, {
      method,
      path,
      status: errorDetail?.code,
      sent: true,
    })
  }
  return {
    status: status ?? stream?.trim() ?? '',
    ...(id !== undefined && { id }),
    ...(progressDetail?.current !== undefined && { current: progressDetail.current }),
    ...(progressDetail?.total !== undefined && { total: progressDetail.total }),
  }
}
