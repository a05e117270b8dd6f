import { BerthError, type GroupPlan, isSecret, type PlannedContainer, type VolumeSpec } from '@berth/core'
import { validateNativeOptions } from './validate-native-options.ts'

const LEAST_MEMORY_IN_BYTES = 6 * 1024 * 1024
const LEAST_CPU = 0.01
const VOLUME_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/

/** Refuses what no engine can take, before any call. Throws `invalid-spec` or `unsupported`. */
export function validatePlan(plan: GroupPlan): void {
  for (const container of [...plan.containers, ...plan.initContainers]) validateContainer(container)
  for (const [name, volume] of Object.entries(plan.volumes)) validateVolume(name, volume)
  if (plan.expose === 'private') {
    const published = plan.containers
      .flatMap(({ ports }) => ports)
      .find(({ publish }) => publish !== undefined)
    if (published) {
      throw invalid(
        `ports: ${published.port} asks for the host's port ${published.publish}, but expose 'private' publishes none; leave publish out, or expose it 'local'`,
      )
    }
  }
  validateNativeOptions(plan.native)
}

function validateContainer({ name, memoryInBytes, cpu, health }: PlannedContainer): void {
  if (memoryInBytes !== undefined && memoryInBytes < LEAST_MEMORY_IN_BYTES) {
    throw invalid(
      `${name}: memory of ${memoryInBytes} bytes is too little for an engine; give it '6Mi' at least`,
    )
  }
  if (cpu !== undefined && cpu < LEAST_CPU) {
    throw invalid(`${name}: cpu ${cpu} is too little for an engine; give it ${LEAST_CPU} at least`)
  }
  if (health !== undefined && health.probe.kind !== 'exec') {
    throw new BerthError({
      code: 'unsupported',
      message: `${name}: an engine checks health by a command in the container, not by ${health.probe.kind}; write exec(['wget', '-q', '-O-', 'http://127.0.0.1/']) with a client that the image has, or use ready: ${health.probe.kind}(…)`,
    })
  }
}

function validateVolume(name: string, { kind, options = {} }: VolumeSpec): void {
  const known = { host: ['path'], named: ['name'] }[kind as 'host' | 'named'] ?? []
  for (const [option, value] of Object.entries(options)) {
    if (!known.includes(option)) {
      throw invalid(
        `volumes.${name}.options.${option}: a volume of kind '${kind}' has no such option${known.length > 0 ? `, but ${known.join(', ')}` : ''}; leave it out`,
      )
    }
    if (isSecret(value) || typeof value !== 'string')
      throw invalid(`volumes.${name}.options.${option} must be a text`)
  }
  if (kind === 'host' && typeof options.path !== 'string') {
    throw invalid(`volumes.${name}: names no directory of the host; write options: { path: '/srv/data' }`)
  }
  const volumeName = options.name ?? name
  if (kind === 'named' && !(typeof volumeName === 'string' && VOLUME_NAME.test(volumeName))) {
    throw invalid(
      `volumes.${name}: '${String(volumeName)}' is no name of a volume; write letters, digits, '_', '.' and '-'`,
    )
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
