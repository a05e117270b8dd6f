import { type GkeCluster, isAtLeast } from '../gke-cluster.ts'

/** What a Pod is given: vCPUs, and memory in MiB. */
export interface Shape {
  readonly cpu: number
  readonly memory: number
}

/** What Autopilot sells to a Pod of a class. */
export interface ComputeClass {
  readonly name: string
  readonly least: Shape
  readonly most: Shape
  /** How many GiB go with one vCPU, at the least and at the most. */
  readonly ratio: readonly [least: number, most: number]
  /** vCPUs come in multiples of it. */
  readonly cpuStep: number
}

export const GENERAL_PURPOSE = 'general-purpose'
/** The node label that asks for a class. */
export const CLASS_LABEL = 'cloud.google.com/compute-class'

const GIB = 1_024
const MILLI = 0.001
/** Since then nodes lend each other's unused capacity, so that small Pods can be had. */
const BURSTING_SINCE = [1, 30, 2] as const

/** The class that a Pod asks for; undefined for one whose shapes are its nodes' (Performance, Accelerator, one's own): these only the cluster knows. */
export function computeClass(
  name: string | undefined,
  architecture: string | undefined,
  cluster: Pick<GkeCluster, 'version'>,
): ComputeClass | undefined {
  switch (name ?? GENERAL_PURPOSE) {
    case GENERAL_PURPOSE:
      return architecture === 'arm64' ? undefined : generalPurpose(isAtLeast(cluster, ...BURSTING_SINCE))
    case 'Balanced':
      return {
        name: 'Balanced',
        least: { cpu: 0.25, memory: 0.5 * GIB },
        most: { cpu: 222, memory: 851 * GIB },
        ratio: [1, 8],
        cpuStep: 0.25,
      }
    case 'Scale-Out':
      return {
        name: 'Scale-Out',
        least: { cpu: 0.25, memory: 1 * GIB },
        most: architecture === 'arm64' ? { cpu: 43, memory: 172 * GIB } : { cpu: 54, memory: 216 * GIB },
        ratio: [4, 4],
        cpuStep: 0.25,
      }
    default:
      return undefined
  }
}

function generalPurpose(isBursting: boolean): ComputeClass {
  return {
    name: GENERAL_PURPOSE,
    least: isBursting ? { cpu: 0.05, memory: 52 } : { cpu: 0.25, memory: 0.5 * GIB },
    most: { cpu: 30, memory: 110 * GIB },
    ratio: [1, 6.5],
    cpuStep: isBursting ? MILLI : 0.25,
  }
}
