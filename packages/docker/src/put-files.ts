import { isSecret, type PlannedContainer, type PlannedFile, reveal } from '@berth/core'
import { awaitAnswer } from './await-answer.ts'
import type { EngineClient } from './engine/index.ts'
import { findFileOwner } from './find-file-owner.ts'

/** Writes a container's files into it before it starts, by one archive. They belong to the user as whom it runs. */
export async function putFiles(
  engine: EngineClient,
  id: string,
  { files, user }: PlannedContainer,
  signal: AbortSignal,
): Promise<void> {
  const [{ packTar }, owner] = await Promise.all([
    import('modern-tar'),
    findFileOwner(engine, id, user, signal),
  ])
  const archive = await packTar(
    await Promise.all(
      files.map(async ({ path, content, mode }) => {
        const body = await bytesOf(content)
        const name = path.replace(/^\/+/, '')
        return { header: { name, size: body.length, mode, mtime: new Date(), ...owner }, body }
      }),
    ),
  )
  await awaitAnswer('writing files', signal, () => engine.containers.putArchive(id, '/', archive))
}

async function bytesOf(content: PlannedFile['content']): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content
  return Buffer.from(isSecret(content) ? await reveal(content) : content, 'utf8')
}
