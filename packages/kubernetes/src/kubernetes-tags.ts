import { type Exposure, type GroupPlan, type OwnershipTags, readOwnershipTags } from '@berth/core'
import type { Metadata } from './cluster/metadata.ts'

/** What a run has besides its Pod. */
export type RunPart = 'secret' | 'service'

type Texts = Readonly<Record<string, string>>

/** Everything of ours carries this label, with the run's name. */
export const RUN_LABEL = 'berth-run'

/** The labels of everything that is made for a run: what it is found by. */
export function partLabels(tags: OwnershipTags): Texts {
  const { 'berth-run': run, 'berth-token': token, 'berth-spec': spec } = tags
  return { 'berth-run': run, 'berth-token': token, 'berth-spec': spec }
}

/** What of the tags of ownership changes hands: as annotations, for a changed label has every selector of the cluster look again. */
export function partAnnotations(tags: OwnershipTags): Texts {
  const { 'berth-owner': owner, 'berth-expires': expires, 'berth-lifetime': lifetime } = tags
  return { 'berth-owner': owner, 'berth-expires': expires, 'berth-lifetime': lifetime }
}

/** What a Pod carries besides the user's labels. */
export function podAnnotations(plan: GroupPlan, tags: OwnershipTags, parts: readonly RunPart[]): Texts {
  const keys = Object.keys(plan.labels)
  return {
    ...partAnnotations(tags),
    'berth-expose': plan.expose ?? 'private',
    ...(parts.length > 0 && { 'berth-parts': parts.join(',') }),
    // Whoever admits a Pod may add labels of its own: only this tells which are the user's.
    ...(keys.length > 0 && { 'berth-labels': JSON.stringify(keys) }),
  }
}

/** The tags of ownership of an object; undefined for one that is not ours. */
export function readTags({ labels, annotations }: Metadata): OwnershipTags | undefined {
  return labels?.[RUN_LABEL] ? readOwnershipTags({ ...annotations, ...labels }) : undefined
}

/** Who may reach the run. */
export function readExposure({ annotations }: Metadata): Exposure {
  const written = annotations?.['berth-expose']
  return written === 'local' || written === 'public' ? written : 'private'
}

/** What a run has besides its Pod. */
export function readParts({ annotations }: Metadata): readonly RunPart[] {
  const parts = annotations?.['berth-parts']?.split(',') ?? []
  return parts.filter((part) => part === 'secret' || part === 'service')
}

/** The user's own labels. */
export function readUserLabels({ labels = {}, annotations }: Metadata): Texts {
  const keys = readKeys(annotations?.['berth-labels'])
  return Object.fromEntries(keys.flatMap((key) => (key in labels ? [[key, labels[key] ?? '']] : [])))
}

function readKeys(text: string | undefined): readonly string[] {
  try {
    const keys: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}
