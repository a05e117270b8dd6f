import type { KubernetesFlavour } from './kubernetes-flavour.ts'

type SpotLabels = KubernetesFlavour['spotLabels']

/** Any of the labels will do, so they are alternatives. */
export function spotAffinity(labels: SpotLabels) {
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: Object.entries(labels).map(([key, value]) => ({
          matchExpressions: [{ key, operator: 'In', values: [value] }],
        })),
      },
    },
  }
}

/** Whether a Pod was made for such nodes. */
export function toleratesSpot(
  { tolerations }: { readonly [field: string]: unknown },
  labels: SpotLabels,
): boolean {
  // Every Pod tolerates some taints without a value.
  const isOfSpot = ({ key, value }: { readonly key?: string; readonly value?: string }) =>
    key !== undefined && value !== undefined && labels[key] === value
  return Array.isArray(tolerations) && tolerations.some(isOfSpot)
}

/** Such nodes are tainted by the same words. */
export function spotTolerations(labels: SpotLabels) {
  return Object.entries(labels).map(([key, value]) => ({
    key,
    operator: 'Equal' as const,
    value,
    effect: 'NoSchedule' as const,
  }))
}
