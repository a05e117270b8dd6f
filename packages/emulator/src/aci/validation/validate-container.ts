import { invalid } from '../aci-errors.ts'
import type { ContainerBody, ProbeBody } from '../group-body.ts'

/** A container by itself: image, ports, environment, resources, probes. */
export function validateContainer(group: string, container: ContainerBody): void {
  const { name, properties = {} } = container
  validateImage(group, container)
  validateEnvironment(group, container)
  const { requests, limits } = properties.resources ?? {}
  if (requests?.cpu === undefined || requests.memoryInGB === undefined)
    throw invalid(
      'ResourceRequestsNotSpecified',
      `The resource requests are not specified in container '${name}' of contain group '${group}'. Both memory and CPU requests are required since API version '2017-07-01-preview'.`,
    )
  for (const [what, value, step] of [
    ['cpu', requests.cpu, 0.01],
    ['memoryInGB', requests.memoryInGB, 0.1],
  ] as const) {
    if (!(value > 0) || !isMultiple(value, step))
      throw invalid(
        'InvalidResourceRequests',
        `The '${what}' request '${value}' in container '${name}' of container group '${group}' is invalid. It must be above 0 in steps of ${step}.`,
      )
  }
  for (const [what, request, limit] of [
    ['CPU', requests.cpu, limits?.cpu],
    ['MemoryInGB', requests.memoryInGB, limits?.memoryInGB],
  ] as const) {
    if (limit !== undefined && limit !== null && limit < request)
      throw invalid(
        'ResourceLimitsLessThanRequests',
        `The resource requirement '${JSON.stringify({ requests, limits })}' in container '${name}' of contain group '${group}' is invalid. The '${what}' limit value must be greater than or equal to the request value.`,
      )
  }
  validateProbe(group, name, 'livenessProbe', properties.livenessProbe)
  validateProbe(group, name, 'readinessProbe', properties.readinessProbe)
}

/** An init container has neither ports nor resources nor probes. */
export function validateInitContainer(group: string, container: ContainerBody): void {
  validateImage(group, container)
  validateEnvironment(group, container)
  for (const field of ['ports', 'resources', 'livenessProbe', 'readinessProbe']) {
    if (container.properties?.[field] !== undefined)
      throw invalid(
        'InvalidInitContainer',
        `The init container '${container.name}' in container group '${group}' cannot have '${field}'.`,
      )
  }
}

function validateImage(group: string, { name, properties }: ContainerBody): void {
  const image = properties?.image
  if (!image || /\s/.test(image))
    throw invalid(
      'InvalidImageName',
      `The image name '${image ?? ''}' in container '${name}' of container group '${group}' is invalid.`,
    )
}

function validateEnvironment(group: string, { name: container, properties }: ContainerBody): void {
  for (const { name = '', value, secureValue } of properties?.environmentVariables ?? []) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name))
      throw invalid(
        'InvalidContainerEnvironmentVariable',
        `The environment variable name '${name}' in container '${container}' of container group '${group}' is invalid. It must be 1 to 63 characters of letters, digits and underscores, and not begin with a digit.`,
      )
    if (value !== undefined && value !== null && secureValue !== undefined && secureValue !== null)
      throw invalid(
        'InvalidContainerEnvironmentVariable',
        `The environment variable '${name}' in container '${container}' of container group '${group}' has both a value and a secure value.`,
      )
  }
}

function validateProbe(group: string, container: string | undefined, what: string, probe?: ProbeBody): void {
  if (!probe) return
  if ((probe.exec === undefined) === (probe.httpGet === undefined))
    throw invalid(
      'InvalidContainerProbe',
      `The '${what}' of container '${container}' in container group '${group}' must have one of 'exec' and 'httpGet'.`,
    )
}

/** Steps are decimal fractions, which binary numbers only come near. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step
  return Math.abs(quotient - Math.round(quotient)) < 1e-6
}
