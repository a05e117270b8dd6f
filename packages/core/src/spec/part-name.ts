import type { Field } from './field.ts'

const LONGEST = 50

/**
 * A name within the group, as every cloud takes it. Refuses digits alone: an object gives such keys back in another order than they
 * were written in, and init containers have an order.
 */
export function checkPartName(name: string, field: Field): boolean {
  if (name.length <= LONGEST && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name) && !/^\d+$/.test(name))
    return true
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')
  const nearest = slug === '' || /^\d+$/.test(slug) ? `part-${slug === '' ? '1' : slug}` : slug
  field.refuse(
    `has no usable name; write up to ${LONGEST} lower-case letters, digits and inner hyphens, not digits alone: '${nearest}'`,
  )
  return false
}
