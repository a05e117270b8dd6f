import type { EngineClient } from './engine-client.ts'
import { EngineConfigurationError } from './engine-configuration-error.ts'
import type { CallOptions } from './engine-request.ts'
import { type PauseArchitecture, pauseProgram } from './pause-program.ts'
import { untilAborted } from './share-attempt.ts'

/** The image whose containers only wait: such a one holds the network that the containers of a group share. */
export const pauseImage = 'berth/pause:1'

const digestLabel = 'berth.pause'
const present = new WeakMap<EngineClient, Promise<string>>()

/** How to make sure of the image. */
export interface EnsurePauseImageOptions extends CallOptions {
  /** Look again, even if this client has seen the image: after a create that found it gone. Default false. */
  readonly again?: boolean | undefined
}

/**
 * Makes sure that the engine has {@link pauseImage}, made here for the engine's processor, and resolves with its name.
 * No registry is asked. The image is the same byte for byte each time, so clients that load it at once do not collide
 * and leave nothing behind. A client that has seen it does not look again unless told to.
 *
 * @throws EngineConfigurationError `unsupported` when the engine does not run Linux on amd64 or arm64
 */
export async function ensurePauseImage(
  engine: EngineClient,
  { again = false, signal }: EnsurePauseImageOptions = {},
): Promise<string> {
  signal?.throwIfAborted()
  let ensured = again ? undefined : present.get(engine)
  if (!ensured) {
    ensured = ensure(engine)
    present.set(engine, ensured)
    ensured.catch(() => present.get(engine) === ensured && present.delete(engine))
  }
  return signal ? untilAborted(ensured, signal) : ensured
}

async function ensure(engine: EngineClient): Promise<string> {
  const [version, image] = await Promise.all([engine.version(), engine.images.inspect(pauseImage)])
  const architecture = supportedArchitecture(version.Os, version.Arch)
  const { archive, programDigest } = await pauseArchive(architecture)
  // another image may go by this name: only one with our program in it will do
  if (image?.Config?.Labels?.[digestLabel] !== programDigest) await engine.images.load(archive)
  return pauseImage
}

function supportedArchitecture(os: string, architecture: string): PauseArchitecture {
  if (os === 'linux' && (architecture === 'amd64' || architecture === 'arm64')) return architecture
  throw new EngineConfigurationError(
    'unsupported',
    `groups of containers need an engine for linux/amd64 or linux/arm64; this one is ${os}/${architecture}`,
  )
}

/** The image as `docker save` would write it, with nothing in it that changes from one time to the next. */
async function pauseArchive(
  architecture: PauseArchitecture,
): Promise<{ archive: Uint8Array; programDigest: string }> {
  const [{ packTar }, { createHash }] = await Promise.all([import('modern-tar'), import('node:crypto')])
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
  const tar = (files: Readonly<Record<string, string | Uint8Array>>) =>
    packTar(
      Object.entries(files).map(([name, content]) => {
        const body = typeof content === 'string' ? Buffer.from(content) : content
        return { header: { name, size: body.length, mode: 0o755, uid: 0, gid: 0, mtime: new Date(0) }, body }
      }),
    )

  const program = pauseProgram(architecture)
  const programDigest = sha256(program)
  const layer = await tar({ pause: program })
  const config = JSON.stringify({
    architecture,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: { Entrypoint: ['/pause'], StopSignal: 'SIGKILL', Labels: { [digestLabel]: programDigest } },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created: '1970-01-01T00:00:00Z', created_by: 'berth' }],
  })
  const configFile = `${sha256(config)}.json`
  const layerFile = `${sha256(layer)}/layer.tar`
  const manifest = JSON.stringify([{ Config: configFile, RepoTags: [pauseImage], Layers: [layerFile] }])
  const archive = await tar({ [configFile]: config, [layerFile]: layer, 'manifest.json': manifest })
  return { archive, programDigest }
}
