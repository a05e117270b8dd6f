import type { ContainerSpec, PodPort, PodSpec, PodVolume } from '../backend/backend.ts'
import type { ContainerBody, GroupPropertiesBody, PortBody, VolumeBody } from './group-body.ts'

/** A group's sandbox in the backend's words. */
export function convertToPod(
  properties: GroupPropertiesBody,
  { podName, groupId }: { readonly podName: string; readonly groupId: string },
): PodSpec {
  const ports = [
    ...(properties.ipAddress?.ports ?? []),
    ...(properties.containers ?? []).flatMap((container) => container.properties?.ports ?? []),
  ].map(convertPort)
  const distinct = new Map(ports.map((port) => [`${port.port}/${port.protocol}`, port]))
  return {
    name: podName,
    labels: { 'berth-emulator-group': groupId },
    ports: [...distinct.values()],
    volumes: Object.fromEntries(
      (properties.volumes ?? []).map((volume) => [volume.name ?? '', convertVolume(volume)]),
    ),
  }
}

export function convertPort({ port = 0, protocol = 'TCP' }: PortBody): PodPort {
  return { port, protocol: protocol === 'UDP' ? 'udp' : 'tcp' }
}

/** File shares and repositories are out of reach: an empty volume stands for them. */
function convertVolume({ secret }: VolumeBody): PodVolume {
  if (!secret) return { kind: 'empty' }
  return {
    kind: 'files',
    files: Object.fromEntries(
      Object.entries(secret).map(([name, content]) => [name, Buffer.from(content, 'base64')]),
    ),
  }
}

/** A container in the backend's words. */
export function convertToContainer({ name = '', properties = {} }: ContainerBody): ContainerSpec {
  const {
    image = '',
    command,
    ports = [],
    environmentVariables = [],
    resources,
    volumeMounts = [],
  } = properties
  const limits = { ...resources?.requests, ...resources?.limits }
  return {
    name,
    image,
    // ACI's command is the whole command line: neither the image's entrypoint nor its arguments are left.
    ...(command?.length && { command: command.slice(0, 1), args: command.slice(1) }),
    env: Object.fromEntries(
      environmentVariables.map((variable) => [
        variable.name ?? '',
        variable.secureValue ?? variable.value ?? '',
      ]),
    ),
    ...(limits.cpu !== undefined && { cpu: limits.cpu }),
    ...(limits.memoryInGB !== undefined && { memoryInBytes: Math.round(limits.memoryInGB * 1024 ** 3) }),
    mounts: volumeMounts.map((mount) => ({
      volume: mount.name ?? '',
      path: mount.mountPath ?? '',
      readOnly: mount.readOnly ?? false,
    })),
    ports: ports.map(convertPort),
  }
}
