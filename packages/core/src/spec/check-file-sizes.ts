import type { Capabilities } from '../contract/capabilities.ts'
import type { PlannedContainer, PlannedFile } from '../contract/group-plan.ts'
import { isSecret, reveal } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/** Refuses files that are together larger than the cloud takes for one container. Needs the secrets resolved. */
export async function checkFileSizes(
  field: Field,
  { files }: PlannedContainer,
  { name, files: grade }: Capabilities,
): Promise<void> {
  if (grade === undefined) return
  const sizes = await Promise.all(files.map(async (file) => ({ path: file.path, bytes: await sizeOf(file) })))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total <= grade.maxBytes) return
  const [largest] = sizes.sort((a, b) => b.bytes - a.bytes)
  if (largest === undefined) return
  field
    .at('files')
    .refuse(
      `${total} bytes in all, more than the ${grade.maxBytes} that ${name} takes for one container; the largest is '${largest.path}' with ${largest.bytes}; build large files into the image, or mount a volume`,
    )
}

async function sizeOf({ content }: PlannedFile): Promise<number> {
  if (content instanceof Uint8Array) return content.byteLength
  return Buffer.byteLength(isSecret(content) ? await reveal(content) : content, 'utf8')
}
