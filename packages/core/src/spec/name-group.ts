import { parseImageReference } from './parse-image-reference.ts'

const LONGEST_SLUG = 37
const HASH_DIGITS = 12

/**
 * The group's name on the cloud: what people wrote, or their image's name, made into lower-case letters, digits and hyphens, and the
 * token's hash (see `hashToken`), which makes it unique. At most 50 characters; begins with a letter.
 */
export function nameGroup(name: string | undefined, image: string, tokenHash: string): string {
  const slug = slugOf(name ?? '') || slugOf(lastOf(image)) || 'run'
  return `${slug}-${tokenHash.slice(0, HASH_DIGITS)}`
}

/** Empty where nothing of the text is left. */
function slugOf(text: string): string {
  const plain = text
    .slice(0, 1_000)
    // Letters apart from their accents, so that `café` becomes `cafe`.
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
  const lettered = /^\d/.test(plain) ? `run-${plain}` : plain
  return lettered.slice(0, LONGEST_SLUG).replace(/-+$/, '')
}

function lastOf(image: string): string {
  return parseImageReference(image).repository.split('/').at(-1) ?? ''
}
