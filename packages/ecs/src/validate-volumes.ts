import { BerthError, type GroupPlan, isSecret, type VolumeSpec } from '@berth/core'
import { VOLUME_OPTIONS } from './convert-volumes.ts'

/** Refuses volumes that the service does not have, and options that their kind does not know. */
export function validateVolumes({ volumes }: Pick<GroupPlan, 'volumes'>): void {
  for (const [name, volume] of Object.entries(volumes)) validateVolume(name, volume)
  const disks = Object.entries(volumes).filter(([, { kind }]) => kind === 'ebs')
  if (disks.length > 1) {
    throw invalid(
      `volumes: ${disks.map(([name]) => name).join(' and ')} are disks of their own (ebs), of which a task has one; use efs or empty for the others`,
    )
  }
}

function validateVolume(name: string, { kind, options = {} }: VolumeSpec): void {
  const { known = [], needed = [], example = '' } = VOLUME_OPTIONS[kind] ?? {}
  for (const [option, value] of Object.entries(options)) {
    if (!known.includes(option)) {
      throw invalid(
        `volumes.${name}.options.${option}: a volume of kind '${kind}' has no such option${known.length > 0 ? `, but ${known.join(', ')}` : ''}; leave it out`,
      )
    }
    if (isSecret(value))
      throw invalid(`volumes.${name}.options.${option}: is no place for a secret, for it would show`)
  }
  for (const option of needed) {
    if (options[option] === undefined || options[option] === '')
      throw invalid(`volumes.${name}.options.${option}: is missing; write options: ${example}`)
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
