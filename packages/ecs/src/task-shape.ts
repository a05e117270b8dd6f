import { BerthError, type GroupPlan } from '@berth/core'

/** What a task gets, in the service's units: 1,024 a vCPU, and MiB. */
export interface TaskShape {
  readonly cpu: number
  readonly memory: number
}

/** The memory that goes with each number of CPU units. */
interface Row {
  readonly cpu: number
  readonly memories: readonly number[]
}

const GIB = 1_024
const MIB_IN_BYTES = 2 ** 20

/** What Fargate sells. */
const ROWS: readonly Row[] = [
  { cpu: 256, memories: [512, 1 * GIB, 2 * GIB] },
  { cpu: 512, memories: steps(1, 4, 1) },
  { cpu: 1_024, memories: steps(2, 8, 1) },
  { cpu: 2_048, memories: steps(4, 16, 1) },
  { cpu: 4_096, memories: steps(8, 30, 1) },
  { cpu: 8_192, memories: steps(16, 60, 4) },
  { cpu: 16_384, memories: steps(32, 120, 8) },
]

/** Of a run that asks for nothing: the smallest. */
const SMALLEST: TaskShape = { cpu: 256, memory: 512 }

/**
 * The shape of the task that holds all containers of a plan, and what was rounded up on the way. Containers that ask for nothing share what the
 * task has. Throws `invalid-spec` for what is not sold, with the nearest that is.
 */
export function shapeOf(plan: Pick<GroupPlan, 'containers' | 'initContainers' | 'fit'>): {
  readonly shape: TaskShape
  readonly notes: readonly string[]
} {
  const asked = {
    cpu: sum(plan.containers.map(({ cpu }) => (cpu === undefined ? undefined : cpu * 1_024))),
    memory: sum(
      plan.containers.map(({ memoryInBytes }) =>
        memoryInBytes === undefined ? undefined : memoryInBytes / MIB_IN_BYTES,
      ),
    ),
  }
  const shape = nextShape(asked.cpu ?? 0, asked.memory ?? 0)
  if (shape === undefined) {
    throw invalid(
      `cpu and memory: ${wordsOf(asked)} are more than a task can have; take at most 16 vCPU and 120 GiB, or several runs`,
    )
  }
  const isExact =
    (asked.cpu === undefined || isSame(asked.cpu, shape.cpu)) &&
    (asked.memory === undefined || isSame(asked.memory, shape.memory))
  if (isExact) return { shape, notes: [] }
  if (plan.fit === 'up') return { shape, notes: [`${wordsOf(asked)} were rounded up to ${wordsOf(shape)}`] }
  const near = nearest(asked, shape).map(writtenOf)
  throw invalid(
    `cpu and memory: Fargate does not sell ${wordsOf(asked)}; the nearest are ${near.join(' and ')}: write one of them, or fit: 'up'`,
  )
}

/** What a task gets that asks for so much, or for nothing; the largest of all where it asks for more. */
export function shapeFor(cpu: number | undefined, memoryInBytes: number | undefined): TaskShape {
  return (
    nextShape((cpu ?? 0) * 1_024, (memoryInBytes ?? 0) / MIB_IN_BYTES) ?? { cpu: 16_384, memory: 120 * GIB }
  )
}

/** The smallest that is at least as large both ways. */
function nextShape(cpu: number, memory: number): TaskShape | undefined {
  if (cpu === 0 && memory === 0) return SMALLEST
  for (const row of ROWS) {
    if (row.cpu < cpu - TOLERANCE) continue
    const enough = row.memories.find((each) => each >= memory - TOLERANCE)
    if (enough !== undefined) return { cpu: row.cpu, memory: enough }
  }
  return undefined
}

/** The next larger, and the one that is closest from below where there is one. */
function nearest(
  asked: { readonly cpu: number | undefined; readonly memory: number | undefined },
  larger: TaskShape,
): readonly TaskShape[] {
  const smaller = ROWS.flatMap(({ cpu, memories }) => memories.map((memory) => ({ cpu, memory })))
    .filter(
      ({ cpu, memory }) =>
        cpu <= (asked.cpu ?? Number.POSITIVE_INFINITY) &&
        memory <= (asked.memory ?? Number.POSITIVE_INFINITY),
    )
    .sort((one, other) => other.cpu - one.cpu || other.memory - one.memory)[0]
  return smaller === undefined ? [larger] : [smaller, larger]
}

/** Megabytes of ten hundred thousands make no whole MiB. */
const TOLERANCE = 0.5

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= TOLERANCE
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0)
}

function wordsOf({ cpu, memory }: { readonly cpu: number | undefined; readonly memory: number | undefined }) {
  const parts = [
    ...(cpu === undefined ? [] : [`${Number((cpu / 1_024).toFixed(4))} vCPU`]),
    ...(memory === undefined ? [] : [`${Number((memory / GIB).toFixed(3))} GiB`]),
  ]
  return parts.join(' and ')
}

function writtenOf({ cpu, memory }: TaskShape): string {
  return `cpu: ${cpu / 1_024}, memory: '${memory < GIB ? `${memory}Mi` : `${memory / GIB}Gi`}'`
}

function steps(fromGib: number, toGib: number, step: number): readonly number[] {
  return Array.from({ length: (toGib - fromGib) / step + 1 }, (_, index) => (fromGib + index * step) * GIB)
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
