import type { PhaseDurations } from '../../profile/profile.ts'
import type { World } from '../../world.ts'
import type { Container, Pod } from '../objects/pod.ts'

/** How long the phases of one container's start take, the same in a replay. Default: those of the Pod, by its first container. */
export function drawDurations(
  { profile, random }: Pick<World, 'profile' | 'random'>,
  { metadata, spec }: Pod,
  container?: Container,
): PhaseDurations {
  const { image = '', name } = container ?? { ...spec.containers[0], name: '' }
  const label = `kubernetes ${metadata.namespace}/${metadata.name} ${name}`
  return profile.draw({ service: 'kubernetes', image }, random.numbers(label))
}
