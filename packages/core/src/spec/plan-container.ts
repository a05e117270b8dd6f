import type { PlannedContainer } from '../contract/group-plan.ts'
import { readContainerPath } from './container-path.ts'
import type { Field } from './field.ts'
import { parseImageReference } from './parse-image-reference.ts'
import { parseMemory } from './parse-memory.ts'
import type { PlanContext } from './plan-context.ts'
import { planEnvironment } from './plan-environment.ts'
import { planFiles } from './plan-files.ts'
import { planHealth } from './plan-health.ts'
import { planMounts } from './plan-mounts.ts'
import { planPorts } from './plan-ports.ts'
import { planRegistry } from './plan-registry.ts'

/** What a container is planned within. */
export interface ContainerContext extends PlanContext {
  /** The names of the group's volumes. */
  readonly volumes: readonly string[]
}

/** One container, complete. What is wrong with it is noted, and left out of the plan. */
export function planContainer(
  field: Field,
  name: string,
  role: PlannedContainer['role'],
  context: ContainerContext,
): PlannedContainer {
  const ports = field.read('ports', planPorts) ?? []
  return {
    name,
    role,
    image: readImage(field.at('image')),
    command: field.read('command', readWords),
    args: field.read('args', readWords),
    env: field.read('env', (env) => planEnvironment(env, context)) ?? {},
    workingDirectory: field.read('workingDirectory', readContainerPath),
    cpu: field.read('cpu', readCpu),
    memoryInBytes: field.read('memory', readMemory),
    ports,
    files: field.read('files', (files) => planFiles(files, context)) ?? [],
    mounts: field.read('mounts', (mounts) => planMounts(mounts, context.volumes)) ?? [],
    health: field.read('health', (health) => planHealth(health, name, ports)),
    user: field.read('user', readUser),
    registry: field.read('registry', planRegistry),
  }
}

function readImage(field: Field): string {
  const image = field.absent
    ? field.refuse("is missing; write the image to run, such as 'nginx:1'")
    : field.text("an image's name, such as 'nginx:1'")
  if (image !== undefined) field.parse(() => parseImageReference(image))
  return image ?? ''
}

/** A command's words, whatever they hold: an empty one is a word too. */
function readWords(field: Field): readonly string[] | undefined {
  if (typeof field.value === 'string') {
    return field.refuse(`${field.shown} is one text; write its words as an array: ['sh', '-c', '…']`)
  }
  return field.items('words').flatMap((item) => item.text('a text') ?? [])
}

function readCpu(field: Field): number | undefined {
  const { value } = field
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value
  const milli = typeof value === 'string' ? /^(\d+)m$/.exec(value) : null
  const meant =
    milli === null ? Number(typeof value === 'string' ? value : Number.NaN) : Number(milli[1]) / 1_000
  return field.refuse(
    `${field.shown} is no number of vCPUs; write a number above 0${meant > 0 && Number.isFinite(meant) ? `; did you mean ${meant}?` : ', such as 0.5'}`,
  )
}

function readMemory(field: Field): number | undefined {
  return field.parse(() => parseMemory(field.value))
}

function readUser(field: Field): string | undefined {
  if (typeof field.value === 'number') return field.wholeNumber(0, 2 ** 32 - 2, 'user number')?.toString()
  const user = field.filledText("a user's name or number, such as 'app' or '1000:1000'")
  if (user === undefined || /^[^\s:]+(?::[^\s:]+)?$/.test(user)) return user
  return field.refuse(
    `${field.shown} is no user; write a name or number, optionally with a group: '1000:1000'`,
  )
}
