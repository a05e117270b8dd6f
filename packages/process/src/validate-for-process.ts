import { BerthError, type GroupPlan, type PlannedContainer } from '@berth/core'
import { findImage, RunnerError } from './runner/index.ts'

const MACHINE = { x64: 'amd64', arm64: 'arm64' } as const

/** Refuses what child processes of this machine cannot be. */
export function validateForProcess(plan: GroupPlan): void {
  const machine = MACHINE[process.arch as keyof typeof MACHINE]
  if (plan.architecture !== undefined && plan.architecture !== machine) {
    throw new BerthError({
      code: 'unsupported',
      message: `architecture: '${plan.architecture}' cannot run here: processes have this machine's own, ${machine ?? process.arch}; leave it out`,
    })
  }
  for (const container of [...plan.containers, ...plan.initContainers]) {
    requireImage(container.image)
    requireTcp(container)
  }
}

function requireImage(image: string): void {
  try {
    findImage(image)
  } catch (error) {
    if (!RunnerError.isInstance(error)) throw error
    throw new BerthError({ code: 'image-pull', message: error.message, retryable: false, cause: error })
  }
}

function requireTcp(container: PlannedContainer): void {
  const udp = container.ports.find(({ protocol }) => protocol === 'udp')
  if (udp === undefined) return
  throw new BerthError({
    code: 'unsupported',
    message: `ports: ${udp.port}/udp of '${container.name}': process maps tcp ports only`,
  })
}
