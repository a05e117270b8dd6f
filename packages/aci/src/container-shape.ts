import { BerthError, type GroupPlan, type PlannedContainer } from '@berth/core'

/** What one container gets, in the service's units. */
export interface Shape {
  readonly cpu: number
  readonly memoryInGB: number
}

/** A container that asks for nothing gets what the `az` command gives it. */
const DEFAULT_SHAPE: Shape = { cpu: 1, memoryInGB: 1.5 }
/** What runs beside it seldom needs as much, and everything is billed. */
const DEFAULT_SIDECAR_SHAPE: Shape = { cpu: 0.5, memoryInGB: 0.5 }

const CPU_STEP = 0.01
const MEMORY_STEP = 0.1
const MOST: Shape = { cpu: 31, memoryInGB: 240 }
const GIB = 2 ** 30
const GB = 1e9

/** The shape of each container, and what was rounded up on the way. Throws `invalid-spec` for what is not sold, with the nearest that is. */
export function shapesOf(plan: GroupPlan): {
  readonly shapes: ReadonlyMap<string, Shape>
  readonly notes: readonly string[]
} {
  const notes: string[] = []
  const shapes = new Map(
    plan.containers.map((container) => [container.name, shapeOf(container, plan.fit, notes)] as const),
  )
  const total = sumOf([...shapes.values()])
  if (total.cpu > MOST.cpu || total.memoryInGB > MOST.memoryInGB) {
    throw invalid(
      `cpu ${total.cpu} and memory ${total.memoryInGB} GB are more than a container group can have in all; take at most ${MOST.cpu} vCPU and ${MOST.memoryInGB} GB, or several runs`,
    )
  }
  return { shapes, notes }
}

/** What a container gets that asks for nothing. */
export function defaultShape(isMain: boolean): Shape {
  return isMain ? DEFAULT_SHAPE : DEFAULT_SIDECAR_SHAPE
}

function sumOf(shapes: readonly Shape[]): Shape {
  return {
    cpu: round(
      shapes.reduce((sum, { cpu }) => sum + cpu, 0),
      CPU_STEP,
    ),
    memoryInGB: round(
      shapes.reduce((sum, { memoryInGB }) => sum + memoryInGB, 0),
      MEMORY_STEP,
    ),
  }
}

function shapeOf(
  { name, role, cpu, memoryInBytes }: Pick<PlannedContainer, 'name' | 'role' | 'cpu' | 'memoryInBytes'>,
  fit: GroupPlan['fit'],
  notes: string[],
): Shape {
  const usual = defaultShape(role === 'main')
  return {
    cpu: cpu === undefined ? usual.cpu : fitCpu(name, cpu, fit, notes),
    memoryInGB: memoryInBytes === undefined ? usual.memoryInGB : fitMemory(name, memoryInBytes, fit, notes),
  }
}

function fitCpu(name: string, cpu: number, fit: GroupPlan['fit'], notes: string[]): number {
  const next = Math.max(CPU_STEP, roundUp(cpu, CPU_STEP))
  if (isMultiple(cpu, CPU_STEP)) return next
  if (fit === 'exact') {
    throw invalid(
      `${name}: cpu ${cpu} is not sold; vCPUs come in steps of ${CPU_STEP}: write ${next}, or fit: 'up'`,
    )
  }
  notes.push(`${name}: cpu ${cpu} was rounded up to ${next}`)
  return next
}

/** The service's GB are taken for 2^30 bytes, as its siblings' are; whole tenths of 10^9 are as good. */
function fitMemory(name: string, bytes: number, fit: GroupPlan['fit'], notes: string[]): number {
  for (const unit of [GIB, GB]) {
    if (bytes > 0 && isMultiple(bytes / unit, MEMORY_STEP)) return round(bytes / unit, MEMORY_STEP)
  }
  const next = Math.max(MEMORY_STEP, roundUp(bytes / GIB, MEMORY_STEP))
  if (fit === 'exact') {
    throw invalid(
      `${name}: memory of ${bytes} bytes is not sold; memory comes in steps of ${MEMORY_STEP} GB: write '${next}Gi', or fit: 'up'`,
    )
  }
  notes.push(`${name}: memory of ${bytes} bytes was rounded up to ${next} GB`)
  return next
}

/** Floating point makes 0.3 of 0.1 + 0.2 only nearly. */
function isMultiple(value: number, step: number): boolean {
  return Math.abs(value - round(value, step)) < step * 1e-6 && round(value, step) > 0
}

function round(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(2))
}

function roundUp(value: number, step: number): number {
  return Number((Math.ceil(value / step - 1e-6) * step).toFixed(2))
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
