import { invalid } from '../aci-errors.ts'
import type { AciLimits } from '../aci-limits.ts'
import type { GroupPropertiesBody, VolumeBody } from '../group-body.ts'

const KINDS = ['azureFile', 'emptyDir', 'secret', 'gitRepo'] as const

/** Volumes, and that each mount means one. */
export function validateVolumes(group: string, properties: GroupPropertiesBody, limits: AciLimits): void {
  const { volumes = [], containers = [], initContainers = [] } = properties
  if (volumes.length > limits.volumesAGroup)
    throw invalid(
      'TooManyVolumes',
      `The container group '${group}' has ${volumes.length} volumes. At most ${limits.volumesAGroup} are supported.`,
    )
  const names = new Set<string>()
  for (const volume of volumes) {
    validateVolume(group, volume)
    if (names.has(volume.name ?? ''))
      throw invalid(
        'DuplicateVolumeNames',
        `The volume name '${volume.name}' is used more than once in container group '${group}'.`,
      )
    names.add(volume.name ?? '')
  }
  for (const { name: container, properties: { volumeMounts = [] } = {} } of [
    ...containers,
    ...initContainers,
  ]) {
    for (const { name = '', mountPath } of volumeMounts) {
      if (!names.has(name))
        throw invalid(
          'VolumeMountNotFound',
          `The volume '${name}' that container '${container}' mounts is not defined in container group '${group}'.`,
        )
      if (!mountPath?.startsWith('/') || mountPath.includes(':'))
        throw invalid(
          'InvalidVolumeMountPath',
          `The mount path '${mountPath ?? ''}' of volume '${name}' in container '${container}' of container group '${group}' is invalid.`,
        )
    }
  }
}

function validateVolume(group: string, volume: VolumeBody): void {
  const { name = '', secret } = volume
  if (!/^[a-z0-9](?:[a-z0-9-]{3,61}[a-z0-9])$/.test(name) || name.includes('--'))
    throw invalid(
      'InvalidVolumeName',
      `The volume name '${name}' in container group '${group}' is invalid. It must be 5 to 63 characters of lower-case letters, digits and single hyphens, and begin and end with a letter or digit.`,
    )
  const kinds = KINDS.filter((kind) => volume[kind] !== undefined && volume[kind] !== null)
  if (kinds.length !== 1)
    throw invalid(
      'InvalidVolume',
      `The volume '${name}' in container group '${group}' must be one of '${KINDS.join(',')}'.`,
    )
  for (const [file, content] of Object.entries(secret ?? {})) {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(content) || content.length % 4 !== 0)
      throw invalid(
        'InvalidSecretVolume',
        `The value of '${file}' in the secret volume '${name}' of container group '${group}' is not base64.`,
      )
  }
}
