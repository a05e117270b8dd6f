import { invalidParameter } from './ecs-errors.ts'
import type { TagBody } from './task-definition-body.ts'

const MOST_TAGS = 50

/** @throws AwsError where they cannot be tags */
export function readTags(tags: readonly TagBody[] = []): Map<string, string> {
  if (tags.length > MOST_TAGS)
    throw invalidParameter(`Too many tags: ${tags.length}, of at most ${MOST_TAGS}.`)
  const read = new Map<string, string>()
  for (const { key = '', value = '' } of tags) {
    if (key === '' || key.length > 128)
      throw invalidParameter('Invalid tag key. The key must have from 1 to 128 characters.')
    if (value.length > 256) throw invalidParameter('Invalid tag value. It may have at most 256 characters.')
    if (/^aws:/i.test(key)) throw invalidParameter("Tag keys that begin with 'aws:' are reserved.")
    if (!/^[\p{L}\p{N}\s_.:/=+\-@]*$/u.test(`${key}${value}`))
      throw invalidParameter('Tags may only hold letters, digits, spaces and _ . : / = + - @.')
    if (read.has(key)) throw invalidParameter(`Duplicate tag keys found: ${key}.`)
    read.set(key, value)
  }
  return read
}

export function renderTags(tags: ReadonlyMap<string, string>): TagBody[] {
  return [...tags].map(([key, value]) => ({ key, value }))
}
