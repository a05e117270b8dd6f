import { adjustResources } from './adjust-resources.ts'
import { findViolations } from './find-violations.ts'
import type { Admission, PodBody } from './pod-body.ts'

/** What Autopilot makes of a Pod: what reaches into the node, or is larger than any, it refuses; what is too small, or in no proportion, it enlarges. */
export function admitPod(pod: PodBody, version: string): Admission {
  const adjusted = adjustResources(pod, version)
  const violations = { ...findViolations(pod), ...adjusted.violations }
  if (Object.keys(violations).length === 0) return { pod: adjusted.pod }
  return {
    refusal: {
      code: 400,
      reason: 'GKE Warden constraints violations',
      message: `admission webhook "warden-validating.common-webhooks.networking.gke.io" denied the request: GKE Warden rejected the request because it violates one or more constraints.\nViolations details: ${JSON.stringify(violations)}\nRequested by user: 'emulated', groups: 'system:authenticated'.`,
    },
  }
}
