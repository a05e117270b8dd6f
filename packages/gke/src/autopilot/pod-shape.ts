import { BerthError, type GroupPlan, type PlannedContainer } from '@berth/core'
import type { ComputeClass, Shape } from './compute-class.ts'

/** What a container gets that asks for nothing. */
const DEFAULT_SHAPE: Shape = { cpu: 0.5, memory: 2_048 }

const MIB_IN_BYTES = 2 ** 20
/** Half a thousandth of a vCPU, half a MiB: megabytes of ten hundred thousands make no whole MiB. */
const TOLERANCE: Shape = { cpu: 0.0005, memory: 0.5 }

type Asking = Pick<PlannedContainer, 'role' | 'cpu' | 'memoryInBytes'>

/** What all containers that run beside each other ask for together. */
export interface AskedShape {
  readonly shape: Shape
  /** Whether each of them says how much; else the rest is Autopilot's to choose. */
  readonly says: { readonly cpu: boolean; readonly memory: boolean }
}

export function askedShape(containers: readonly Pick<Asking, 'cpu' | 'memoryInBytes'>[]): AskedShape {
  const shape = containers.reduce(
    (sum, { cpu, memoryInBytes }) => ({
      cpu: sum.cpu + (cpu ?? DEFAULT_SHAPE.cpu),
      memory:
        sum.memory + (memoryInBytes === undefined ? DEFAULT_SHAPE.memory : memoryInBytes / MIB_IN_BYTES),
    }),
    { cpu: 0, memory: 0 },
  )
  return {
    shape,
    says: {
      cpu: containers.every(({ cpu }) => cpu !== undefined),
      memory: containers.every(({ memoryInBytes }) => memoryInBytes !== undefined),
    },
  }
}

/** The smallest shape of the class that is at least as large both ways; undefined where that is more than is sold. */
export function fitShape(
  { cpu, memory }: Shape,
  { least, most, ratio, cpuStep }: ComputeClass,
): Shape | undefined {
  const [leastGib, mostGib] = ratio
  const roomy = Math.max(memory, least.memory)
  const enough = roundUp(Math.max(cpu, least.cpu, roomy / 1_024 / mostGib), cpuStep)
  const fitted = {
    cpu: enough,
    memory: Math.max(roomy, Math.ceil(enough * leastGib * 1_024 - TOLERANCE.memory)),
  }
  return fitted.cpu > most.cpu + TOLERANCE.cpu || fitted.memory > most.memory + TOLERANCE.memory
    ? undefined
    : fitted
}

/**
 * The plan with what each container gets, so that what runs is what was asked for, and what was rounded up on the way. Throws `invalid-spec` for what is
 * not sold, with the nearest that is.
 */
export function shapePlan(
  plan: GroupPlan,
  sold: ComputeClass,
): { readonly plan: GroupPlan; readonly notes: readonly string[] } {
  const { shape, says } = askedShape(plan.containers)
  const fitted = fitShape(shape, sold)
  if (fitted === undefined) {
    throw invalid(
      `cpu and memory: ${wordsOf(shape)} are more than a Pod of Autopilot's class ${sold.name} can have; take at most ${sold.most.cpu} vCPU and ${sold.most.memory / 1_024} GiB, several runs, or another class with options.gke.computeClass`,
    )
  }
  const isExact =
    (!says.cpu || fitted.cpu - shape.cpu <= TOLERANCE.cpu) &&
    (!says.memory || fitted.memory - shape.memory <= TOLERANCE.memory)
  if (!isExact && plan.fit !== 'up') {
    const near = nearest(shape, fitted, sold).map(writtenOf).join(' and ')
    throw invalid(
      `cpu and memory: Autopilot's class ${sold.name} does not give ${wordsOf(shape)} (${ruleOf(sold)}); the nearest are ${near}: write one of them, or fit: 'up'`,
    )
  }
  const more = { cpu: fitted.cpu - shape.cpu, memory: fitted.memory - shape.memory }
  return {
    plan: { ...plan, containers: plan.containers.map((container) => given(container, more)) },
    notes: isExact ? [] : [`${wordsOf(shape)} were rounded up to ${wordsOf(fitted)}`],
  }
}

/** What is rounded up goes to the main container. */
function given(container: PlannedContainer, more: Shape): PlannedContainer {
  const { role, cpu = DEFAULT_SHAPE.cpu, memoryInBytes = DEFAULT_SHAPE.memory * MIB_IN_BYTES } = container
  if (role !== 'main') return { ...container, cpu, memoryInBytes }
  return {
    ...container,
    cpu: Number((cpu + more.cpu).toFixed(3)),
    memoryInBytes: Math.round(memoryInBytes + more.memory * MIB_IN_BYTES),
  }
}

/** The next larger, and the one that is closest from below where there is one. */
function nearest({ cpu, memory }: Shape, larger: Shape, sold: ComputeClass): readonly Shape[] {
  const [leastGib, mostGib] = sold.ratio
  const lessCpu = roundDown(Math.min(cpu, memory / 1_024 / leastGib), sold.cpuStep)
  const smaller = { cpu: lessCpu, memory: Math.min(memory, lessCpu * mostGib * 1_024) }
  const isSold = smaller.cpu >= sold.least.cpu && smaller.memory >= sold.least.memory
  return isSold ? [smaller, larger] : [larger]
}

function ruleOf({ least, ratio: [leastGib, mostGib], cpuStep }: ComputeClass): string {
  const ratio = leastGib === mostGib ? `${leastGib}` : `${leastGib} to ${mostGib}`
  const step = cpuStep < 0.01 ? '' : `, in steps of ${cpuStep} vCPU`
  return `${ratio} GiB go with a vCPU${step}, from ${wordsOf(least)} on`
}

function wordsOf({ cpu, memory }: Shape): string {
  const words = memory < 1_024 ? `${Math.round(memory)} MiB` : `${Number((memory / 1_024).toFixed(3))} GiB`
  return `${Number(cpu.toFixed(3))} vCPU and ${words}`
}

function writtenOf({ cpu, memory }: Shape): string {
  const whole = Math.round(memory)
  return `cpu: ${Number(cpu.toFixed(3))}, memory: '${whole % 1_024 === 0 ? `${whole / 1_024}Gi` : `${whole}Mi`}'`
}

/** Floating point makes 0.3 of 0.1 + 0.2 only nearly. */
function roundUp(value: number, step: number): number {
  return Number((Math.ceil(value / step - 1e-6) * step).toFixed(3))
}

function roundDown(value: number, step: number): number {
  return Number((Math.floor(value / step + 1e-6) * step).toFixed(3))
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
