import type {
  ContainerDefinition,
  ContainerDependency,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import type { GroupPlan, PlannedContainer } from '@berth/core'
import { convertContainer } from './convert-container.ts'
import { healthNotes } from './convert-health.ts'
import { convertVolumes } from './convert-volumes.ts'
import type { EcsNativeOptions } from './ecs-native-options.ts'
import { shapeOf } from './task-shape.ts'

/** A task definition but for its family, which is called by what it says. */
export type DefinitionContent = Omit<RegisterTaskDefinitionCommandInput, 'family' | 'tags'>

export interface ConvertedPlan {
  readonly content: DefinitionContent
  /** What is taken otherwise than asked. */
  readonly notes: readonly string[]
}

/** What of the account goes into a definition. */
export interface DefinitionPlace {
  readonly region: string
  readonly logGroup: string
  readonly executionRoleArn: string
  readonly taskRoleArn: string | undefined
}

const ARCHITECTURES = { amd64: 'X86_64', arm64: 'ARM64' } as const
const LEAST_STOP_TIMEOUT = 2
const MOST_STOP_TIMEOUT = 120

/** Puts what of a plan is the same for all runs of its spec into the service's words. */
export function convertPlanToEcs(plan: GroupPlan, place: DefinitionPlace): ConvertedPlan {
  const native = nativeOf(plan)
  const { shape, notes } = shapeOf(plan)
  const volumes = convertVolumes(plan)
  const taskRoleArn = native.taskRoleArn ?? place.taskRoleArn
  const graceInSeconds = Math.round(plan.stopGraceInMs / 1_000)
  const stopTimeout = Math.min(MOST_STOP_TIMEOUT, Math.max(LEAST_STOP_TIMEOUT, graceInSeconds))
  const { logGroup, region } = place
  const convert = (
    planned: PlannedContainer,
    dependsOn: readonly ContainerDependency[],
  ): ContainerDefinition => convertContainer(planned, { native, logGroup, region, stopTimeout, dependsOn })
  const last = plan.initContainers.at(-1)
  const content: DefinitionContent = {
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: String(shape.cpu),
    memory: String(shape.memory),
    executionRoleArn: native.executionRoleArn ?? place.executionRoleArn,
    ...(taskRoleArn !== undefined && { taskRoleArn }),
    runtimePlatform: {
      operatingSystemFamily: 'LINUX',
      cpuArchitecture: ARCHITECTURES[plan.architecture ?? 'amd64'],
    },
    containerDefinitions: [
      ...plan.containers.map((planned) => convert(planned, last ? [succeeded(last)] : [])),
      ...plan.initContainers.map((planned, index) => {
        const before = plan.initContainers[index - 1]
        return convert(planned, before ? [succeeded(before)] : [])
      }),
    ],
    ...(volumes.length > 0 && { volumes }),
    ...(native.ephemeralStorage !== undefined && {
      ephemeralStorage: { sizeInGiB: native.ephemeralStorage },
    }),
    ...native.taskDefinition,
  }
  return {
    content,
    notes: [
      ...notes,
      ...(graceInSeconds > MOST_STOP_TIMEOUT
        ? [
            `stopGrace of ${graceInSeconds} s was taken as ${MOST_STOP_TIMEOUT} s, the most that Fargate gives`,
          ]
        : []),
      ...plan.containers.flatMap(({ name, health }) => healthNotes(name, health)),
    ],
  }
}

/** `validatePlan` has looked at its form. */
export function nativeOf(plan: Pick<GroupPlan, 'native'>): EcsNativeOptions {
  return (plan.native ?? {}) as EcsNativeOptions
}

function succeeded({ name }: PlannedContainer): ContainerDependency {
  return { containerName: name, condition: 'SUCCESS' }
}
