import type { GroupPlan, PlannedContainer } from '@berth/core'
import { volumeLabels } from './docker-labels.ts'
import { emptyVolumeName } from './docker-names.ts'
import type { MountBody } from './engine/index.ts'

/**
 * The mounts of one container. An `empty` volume is made by the create call itself, with the tags of ownership; a `named` one has none, so
 * that no removal or sweep takes it for the run's.
 */
export function convertMounts(
  plan: GroupPlan,
  { mounts }: PlannedContainer,
): readonly MountBody[] | undefined {
  if (mounts.length === 0) return undefined
  return mounts.map(({ volume, path, readOnly }): MountBody => {
    const spec = plan.volumes[volume]
    const at = { Target: path, ReadOnly: readOnly }
    if (spec?.kind === 'host') return { ...at, Type: 'bind', Source: String(spec.options?.path) }
    if (spec?.kind === 'named') return { ...at, Type: 'volume', Source: String(spec.options?.name ?? volume) }
    return {
      ...at,
      Type: 'volume',
      Source: emptyVolumeName(plan.name, volume),
      // Empty means empty: what the image has there is not copied in.
      VolumeOptions: { NoCopy: true, Labels: volumeLabels(plan.tags, 'volume') },
    }
  })
}
