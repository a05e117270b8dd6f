import type { VolumeSpec } from '../contract/container-spec.ts'
import type { GroupPlan } from '../contract/group-plan.ts'
import { isSecret } from '../secrets/secret.ts'
import type { Field } from './field.ts'
import { checkPartName } from './part-name.ts'
import type { PlanContext } from './plan-context.ts'
import { readFeature } from './read-choice.ts'

type VolumeOptions = NonNullable<VolumeSpec['options']>

/** The volumes of the group by name. What a kind's options mean is the adapter's to check, save for the path of a `host` volume. */
export function planVolumes(field: Field, context: PlanContext): GroupPlan['volumes'] {
  const planned: [string, VolumeSpec][] = []
  for (const [name, entry] of field.entries("volumes by name: { data: { kind: 'empty' } }")) {
    if (!checkPartName(name, entry) || !entry.mustBeObject("{ kind: 'empty' }")) continue
    const kind = readFeature(entry.at('kind'), 'volumes', context.capabilities)
    const options = entry.read('options', planOptions)
    if (kind === 'host') checkHostPath(entry.at('options').at('path'))
    if (kind !== undefined) planned.push([name, { kind, options }])
  }
  return Object.fromEntries(planned)
}

function planOptions(field: Field): VolumeOptions {
  const planned: [string, VolumeOptions[string]][] = []
  for (const [name, option] of field.entries('options by name')) {
    const { value } = option
    if (option.absent) continue
    if (typeof value === 'boolean' || isSecret(value)) planned.push([name, value])
    else if (typeof value === 'number' && Number.isFinite(value)) planned.push([name, value])
    else {
      const text = option.text('a text, a number, true or false, or secret()')
      if (text !== undefined) planned.push([name, text])
    }
  }
  return Object.fromEntries(planned)
}

function checkHostPath(field: Field): void {
  const path = field.filledText("the host's directory as an absolute path: options: { path: '/srv/data' }")
  if (path !== undefined && !/^(?:\/|[A-Za-z]:[\\/])/.test(path)) {
    field.refuse(
      `${field.shown} is no absolute path of the host; write '/srv/data', say, or node:path's resolve()`,
    )
  }
}
