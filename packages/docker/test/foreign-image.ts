import { createHash } from 'node:crypto'
import { packTar } from 'modern-tar'

/** An image for another processor, as `docker save` would write it. */
export async function foreignImage(reference: string, architecture: string): Promise<Uint8Array> {
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
  const tar = (files: Record<string, string | Uint8Array>) =>
    packTar(
      Object.entries(files).map(([name, body]) => ({
        header: { name, size: Buffer.byteLength(body), mode: 0o755 },
        body,
      })),
    )
  const layer = await tar({ program: 'no program of this processor' })
  const config = JSON.stringify({
    architecture,
    os: 'linux',
    config: { Cmd: ['/program'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
  })
  const [configFile, layerFile] = [`${sha256(config)}.json`, `${sha256(layer)}/layer.tar`]
  const manifest = JSON.stringify([{ Config: configFile, RepoTags: [reference], Layers: [layerFile] }])
  return await tar({ [configFile]: config, [layerFile]: layer, 'manifest.json': manifest })
}
