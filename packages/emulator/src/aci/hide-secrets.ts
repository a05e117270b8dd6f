import type { ContainerBody, GroupPropertiesBody, VolumeBody } from './group-body.ts'

/** A group without what ACI never tells back: secure values, the content of secret volumes, passwords and keys. */
export function hideSecrets(properties: GroupPropertiesBody): GroupPropertiesBody {
  const { containers, initContainers, volumes, imageRegistryCredentials, diagnostics } = properties
  return {
    ...properties,
    ...(containers && { containers: containers.map(hideInContainer) }),
    ...(initContainers && { initContainers: initContainers.map(hideInContainer) }),
    ...(volumes && { volumes: volumes.map(hideInVolume) }),
    ...(imageRegistryCredentials && {
      imageRegistryCredentials: imageRegistryCredentials.map(({ password: _, ...shown }) => shown),
    }),
    ...(diagnostics?.logAnalytics && {
      diagnostics: { logAnalytics: without(diagnostics.logAnalytics, 'workspaceKey') },
    }),
  }
}

function hideInContainer({ name, properties }: ContainerBody): ContainerBody {
  return {
    ...(name !== undefined && { name }),
    properties: {
      ...properties,
      ...(properties?.environmentVariables && {
        environmentVariables: properties.environmentVariables.map(({ secureValue: _, ...shown }) => shown),
      }),
    },
  }
}

function hideInVolume({ secret, azureFile, ...shown }: VolumeBody): VolumeBody {
  return {
    ...shown,
    ...(secret && { secret: {} }),
    ...(azureFile && { azureFile: without(azureFile, 'storageAccountKey') }),
  }
}

function without(
  fields: Readonly<Record<string, unknown>>,
  secret: string,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== secret))
}
