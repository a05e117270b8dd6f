import type { PodSpec, Quantities } from '../objects/pod.ts'
import { parseQuantity } from './parse-quantity.ts'

const COUNTED = ['cpu', 'memory']

/** How well a Pod is served where its node runs short. */
export function qosClass({ containers, initContainers = [] }: PodSpec): string {
  const all = [...containers, ...initContainers]
  const asks = all.some(({ resources = {} }) => hasAny(resources.requests) || hasAny(resources.limits))
  if (!asks) return 'BestEffort'
  const isGuaranteed = all.every(({ resources: { requests = {}, limits = {} } = {} }) =>
    COUNTED.every((name) => {
      const limit = limits[name]
      return limit !== undefined && parseQuantity(requests[name] ?? limit) === parseQuantity(limit)
    }),
  )
  return isGuaranteed ? 'Guaranteed' : 'Burstable'
}

function hasAny(quantities: Quantities | undefined = {}): boolean {
  return COUNTED.some((name) => parseQuantity(quantities[name] ?? 0))
}
