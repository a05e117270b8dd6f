import { type EngineClient, EngineError, type ImageInspect, parseImageReference } from '@berth/docker/engine'
import { ImageError, type PulledImage, type PullOptions } from '../backend.ts'
import { requireImageName } from '../image-name.ts'

/** Pulls an image through the engine where it is not there yet, with the given credentials and no others. @throws ImageError */
export async function pullImage(
  engine: EngineClient,
  image: string,
  { credentials, signal }: PullOptions = {},
): Promise<PulledImage> {
  requireImageName(image)
  try {
    const present = await engine.images.inspect(image, { signal })
    if (present !== null) return describe(present, false)
    const auth = credentials && { ...credentials, serveraddress: parseImageReference(image).registry }
    for await (const _ of await engine.images.pull(image, { auth, signal })) {
      // only the end, or the error, is of interest
    }
  } catch (error) {
    throw EngineError.isInstance(error) && error.status !== undefined ? toImageError(image, error) : error
  }
  const pulled = await engine.images.inspect(image, { signal })
  if (pulled !== null) return describe(pulled, true)
  throw new ImageError(
    'not-found',
    `${image} was removed from the engine just after it was pulled; try again`,
  )
}

function describe(
  { Id, RepoDigests, Size, Config, Architecture }: ImageInspect,
  wasFetched: boolean,
): PulledImage {
  return {
    digest: RepoDigests?.[0]?.split('@')[1] ?? Id,
    sizeInBytes: Size,
    command: [...(Config?.Entrypoint ?? []), ...(Config?.Cmd ?? [])],
    architecture: Architecture === 'amd64' || Architecture === 'arm64' ? Architecture : 'other',
    wasFetched,
  }
}

/** What the engine's words about a failed pull mean; the most particular first. */
const MEANINGS: readonly (readonly [RegExp, ImageError['reason']])[] = [
  [/toomanyrequests|too many requests|rate limit/i, 'rate-limited'],
  [/repository does not exist|manifest unknown|name unknown|no matching manifest/i, 'not-found'],
  [/denied|unauthorized|authentication required|no basic auth/i, 'unauthorized'],
  [/not found/i, 'not-found'],
  [/invalid reference format/i, 'invalid-name'],
]

function toImageError(image: string, error: EngineError): ImageError {
  const [, reason = 'unreachable'] = MEANINGS.find(([words]) => words.test(error.message)) ?? []
  return new ImageError(reason, `${image} cannot be pulled: ${error.message}`, { cause: error })
}
