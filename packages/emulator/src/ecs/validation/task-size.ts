import { clientException } from '../ecs-errors.ts'

/** A size of task that Fargate has: CPU units (1,024 a vCPU), MiB of memory. */
export interface TaskSize {
  readonly cpu: number
  readonly memory: number
}

/** The memory that each number of CPU units may have: from, to and in steps of, in MiB. */
const SHAPES: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  512: [1_024, 4_096, 1_024],
  1024: [2_048, 8_192, 1_024],
  2048: [4_096, 16_384, 1_024],
  4096: [8_192, 30_720, 1_024],
  8192: [16_384, 61_440, 4_096],
  16384: [32_768, 122_880, 8_192],
}
/** The smallest has sizes that are no steps. */
const SMALLEST = { cpu: 256, memories: [512, 1_024, 2_048] }

/** `256`, `.25 vCPU` in CPU units. */
export function readCpu(text: string): number {
  const [, units, vCpus] = /^(\d+)$|^(\d*\.?\d+)\s*vcpu$/i.exec(text.trim()) ?? []
  if (units !== undefined) return Number(units)
  if (vCpus !== undefined) return Number(vCpus) * 1_024
  throw clientException(`Invalid 'cpu' setting for task: ${text}`)
}

/** `512`, `0.5GB` in MiB. */
export function readMemory(text: string): number {
  const [, units, gigabytes] = /^(\d+)$|^(\d*\.?\d+)\s*gb$/i.exec(text.trim()) ?? []
  if (units !== undefined) return Number(units)
  if (gigabytes !== undefined) return Number(gigabytes) * 1_024
  throw clientException(`Invalid 'memory' setting for task: ${text}`)
}

/** @throws AwsError where Fargate has no such size */
export function checkFargateSize({ cpu, memory }: TaskSize): void {
  const shape = SHAPES[cpu]
  const isSmallest = cpu === SMALLEST.cpu && SMALLEST.memories.includes(memory)
  const isStep =
    shape !== undefined && memory >= shape[0] && memory <= shape[1] && (memory - shape[0]) % shape[2] === 0
  if (!isSmallest && !isStep)
    throw clientException(`No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory.`)
}
