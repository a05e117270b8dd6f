import type { PlannedMount } from '../contract/group-plan.ts'
import { readContainerPath } from './container-path.ts'
import type { Field } from './field.ts'
import { nearestName } from './nearest-name.ts'
import { showList } from './show-value.ts'

/** Where volumes appear in one container. Refuses a volume that the spec does not have, and two at one place. */
export function planMounts(field: Field, volumes: readonly string[]): readonly PlannedMount[] {
  const planned: PlannedMount[] = []
  for (const item of field.items("mounts: { volume: 'data', path: '/data' }")) {
    if (!item.mustBeObject("{ volume: 'data', path: '/data' }")) continue
    const volume = readVolumeName(item.at('volume'), volumes)
    const path = readContainerPath(item.at('path'))
    const readOnly = item.has('readOnly') ? item.at('readOnly').truth() : false
    if (volume === undefined || path === undefined || readOnly === undefined) continue
    if (planned.some((other) => other.path === path)) {
      item.at('path').refuse(`${item.at('path').shown} is taken by another mount; give each its own path`)
    } else {
      planned.push({ volume, path, readOnly })
    }
  }
  return planned
}

function readVolumeName(field: Field, volumes: readonly string[]): string | undefined {
  const name = field.filledText('the name of one of the spec’s volumes')
  if (name === undefined || volumes.includes(name)) return name
  const meant = nearestName(name, volumes)
  return field.refuse(
    volumes.length === 0
      ? `the spec has no volume ${field.shown}; declare it: volumes: { ${field.shown}: { kind: 'empty' } }`
      : `the spec has no volume ${field.shown}, but ${showList(volumes)}${meant === undefined ? '' : `; did you mean '${meant}'?`}`,
  )
}
