import { isSecret, isSecretRef, type PlannedContainer, reveal } from '@berth/core'
import type { AciNativeOptions } from './aci-native-options.ts'
import type { Container, EnvironmentVariable, VolumeMount } from './arm/container-group.ts'
import type { Shape } from './container-shape.ts'
import { convertCommand } from './convert-command.ts'
import { convertProbe } from './convert-probe.ts'

/** What of the group a container needs. */
export interface ContainerSurroundings {
  readonly native: AciNativeOptions
  /** Undefined for an init container: the service gives it what the group has. */
  readonly shape: Shape | undefined
  readonly mounts: readonly VolumeMount[]
}

/** One container in the service's words. Secrets of its environment go into the field that nobody can read back. */
export async function convertContainer(
  planned: PlannedContainer,
  { native, shape, mounts }: ContainerSurroundings,
): Promise<Container> {
  const { name, image, ports } = planned
  const command = convertCommand(planned)
  const environmentVariables = await convertEnvironment(planned)
  const liveness = native.livenessProbes?.[name]
  const readiness = native.readinessProbes?.[name]
  return {
    name,
    properties: {
      image,
      ...(command && { command }),
      ...(environmentVariables.length > 0 && { environmentVariables }),
      ...(ports.length > 0 && {
        ports: ports.map(({ port, protocol }) => ({ protocol: protocol.toUpperCase(), port })),
      }),
      ...(shape && { resources: { requests: shape } }),
      ...(mounts.length > 0 && { volumeMounts: mounts }),
      ...(liveness && { livenessProbe: convertProbe(liveness) }),
      ...(readiness && { readinessProbe: convertProbe(readiness) }),
    },
  }
}

async function convertEnvironment({ env }: PlannedContainer): Promise<readonly EnvironmentVariable[]> {
  return await Promise.all(
    Object.entries(env).map(async ([name, value]): Promise<EnvironmentVariable> => {
      if (isSecretRef(value)) throw new TypeError(`env.${name}: the service has no store of secrets`)
      return isSecret(value) ? { name, secureValue: await reveal(value) } : { name, value }
    }),
  )
}
