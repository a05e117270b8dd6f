import type { Pod, PodContainer } from './cluster/pod.ts'
import { amountOf } from './quantity.ts'

/** What the cluster's admission made of a Pod, as far as it differs from what was asked for, for people. */
export function noteMutations(asked: Pod, made: Pod): readonly string[] {
  return [
    ...addedContainers(asked.spec.containers, made.spec.containers, 'container'),
    ...addedContainers(asked.spec.initContainers, made.spec.initContainers, 'init container'),
    ...[...made.spec.containers, ...(made.spec.initContainers ?? [])].flatMap((container) =>
      changesOf(container, asked),
    ),
  ]
}

function addedContainers(
  asked: readonly PodContainer[] = [],
  made: readonly PodContainer[] = [],
  what: string,
): string[] {
  return made
    .filter(({ name }) => !asked.some((each) => each.name === name))
    .map(({ name, image }) => `the cluster has added the ${what} ${name} (${image})`)
}

function changesOf(container: PodContainer, { spec }: Pod): string[] {
  const asked = [...spec.containers, ...(spec.initContainers ?? [])].find(
    ({ name }) => name === container.name,
  )
  if (asked === undefined) return []
  const notes: string[] = []
  if (container.image !== asked.image) {
    notes.push(`the cluster runs ${container.name} from ${container.image} instead of ${asked.image}`)
  }
  notes.push(...amountsOf(container, asked))
  return notes
}

/** A cluster that changes what is asked for mostly sets its limit alike: that is one thing to say. */
function amountsOf({ name, resources }: PodContainer, asked: PodContainer): string[] {
  const kindsOf = new Map<string, string[]>()
  for (const kind of ['requests', 'limits'] as const) {
    const [before, after] = [asked.resources?.[kind] ?? {}, resources?.[kind] ?? {}]
    for (const [resource, amount] of Object.entries(after)) {
      if (amountOf(before[resource]) === amountOf(amount)) continue
      const instead = before[resource] === undefined ? '' : ` instead of ${before[resource]}`
      const words = `the cluster gives ${name} ${resource} ${amount}${instead}`
      kindsOf.set(words, [...(kindsOf.get(words) ?? []), kind])
    }
  }
  return [...kindsOf].map(([words, kinds]) => `${words} (${kinds.join(' and ')})`)
}
