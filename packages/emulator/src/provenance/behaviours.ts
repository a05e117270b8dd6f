import { ACI_BEHAVIOURS } from '../aci/aci-behaviours.ts'
import { ARM_BEHAVIOURS } from '../arm/arm-behaviours.ts'
import { AWS_BEHAVIOURS, AWS_NEIGHBOUR_BEHAVIOURS } from '../aws/aws-behaviours.ts'
import { ECS_BEHAVIOURS } from '../ecs/ecs-behaviours.ts'
import { GKE_BEHAVIOURS } from '../gke/gke-behaviours.ts'
import { KUBERNETES_BEHAVIOURS } from '../kubernetes/kubernetes-behaviours.ts'
import type { Behaviour } from './behaviour.ts'

/** Everything that the emulator does, with how it is known: docs/emulator.md shows it as a table. */
export const behaviours: readonly Behaviour[] = [
  ...ARM_BEHAVIOURS,
  ...ACI_BEHAVIOURS,
  ...AWS_BEHAVIOURS,
  ...ECS_BEHAVIOURS,
  ...AWS_NEIGHBOUR_BEHAVIOURS,
  ...KUBERNETES_BEHAVIOURS,
  ...GKE_BEHAVIOURS,
]
