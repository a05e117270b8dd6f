/** How the clouds mark nodes that they may take back, each in its own way. */
const SPOT_LABELS = {
  'cloud.google.com/gke-spot': 'true',
  'kubernetes.azure.com/scalesetpriority': 'spot',
  'eks.amazonaws.com/capacityType': 'SPOT',
  'karpenter.sh/capacity-type': 'spot',
} as const

/** Any of them will do, so they are alternatives. */
export const spotAffinity = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: Object.entries(SPOT_LABELS).map(([key, value]) => ({
        matchExpressions: [{ key, operator: 'In', values: [value] }],
      })),
    },
  },
}

/** Such nodes are tainted by the same words. */
export const spotTolerations = Object.entries(SPOT_LABELS).map(([key, value]) => ({
  key,
  operator: 'Equal' as const,
  value,
  effect: 'NoSchedule' as const,
}))
