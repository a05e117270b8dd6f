import type { GroupPlan } from '../contract/group-plan.ts'
import type { Field } from './field.ts'
import type { PlanContext } from './plan-context.ts'
import { readChoice, readFeature } from './read-choice.ts'
import { readDuration } from './read-duration.ts'

const STOP_GRACE_IN_MS = 10_000

/** What concerns the group as a whole: where and how it runs. */
export interface Placement
  extends Pick<GroupPlan, 'restart' | 'architecture' | 'expose' | 'spot' | 'gpu' | 'stopGraceInMs' | 'fit'> {
  /** In the order to try; empty: the provider's own. */
  readonly regions: readonly string[]
}

/** Reads how and where a group runs, with the defaults filled in. `expose` and `architecture` stay open: the adapter decides. */
export function planPlacement(spec: Field, { capabilities }: PlanContext): Placement {
  const feature = <F extends 'architecture' | 'restart' | 'expose'>(name: F) =>
    spec.read(name, (field) => readFeature(field, name, capabilities))
  return {
    restart: feature('restart') ?? 'never',
    architecture: feature('architecture'),
    expose: feature('expose'),
    spot: spec.read('spot', (spot) => spot.truth()) ?? false,
    gpu: spec.read('gpu', planGpu),
    regions: spec.read('regions', planRegions) ?? [],
    stopGraceInMs: spec.read('stopGrace', (grace) => readDuration(grace)) ?? STOP_GRACE_IN_MS,
    fit: spec.read('fit', (fit) => readChoice(fit, ['exact', 'up'])) ?? 'exact',
  }
}

function planGpu(field: Field): GroupPlan['gpu'] {
  if (!field.mustBeObject('{ count: 1 }')) return undefined
  const count = field.at('count').wholeNumber(1, 64, 'number of GPUs')
  const kind = field.read('kind', (each) => each.filledText("a kind of GPU, such as 'T4'"))
  return count === undefined ? undefined : { count, kind }
}

function planRegions(field: Field): readonly string[] {
  const items = field.items('regions, in the order to try')
  if (Array.isArray(field.value) && items.length === 0) {
    field.refuse('is an empty list; name a region, or leave it out')
  }
  const regions: string[] = []
  for (const item of items) {
    const region = item.filledText("a region's name, such as 'westus2'")
    if (region === undefined) continue
    if (regions.includes(region)) item.refuse(`${item.shown} is there twice; name each region once`)
    else regions.push(region)
  }
  return regions
}
