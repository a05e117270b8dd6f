import type { ContainerSpec, PodPort, PodSpec, PodVolume } from '../../backend/backend.ts'
import type { Container, Pod } from '../objects/pod.ts'
import { parseQuantity } from './parse-quantity.ts'
import { expandReferences } from './resolve-environment.ts'

/** A Pod's sandbox in the backend's words. */
export function convertToPod(pod: Pod, volumes: Readonly<Record<string, PodVolume>>): PodSpec {
  const { metadata, spec } = pod
  const ports = [...spec.containers, ...(spec.initContainers ?? [])].flatMap(portsOf)
  const distinct = new Map(ports.map((port) => [`${port.port}/${port.protocol}`, port]))
  return {
    name: `kubernetes-${metadata.uid}`,
    labels: { 'berth-emulator-pod': `${metadata.namespace}/${metadata.name}` },
    ports: [...distinct.values()],
    volumes,
    hostname: spec.hostname ?? metadata.name.slice(0, 63),
  }
}

/** A container in the backend's words. */
export function convertToContainer(
  container: Container,
  env: Readonly<Record<string, string>>,
): ContainerSpec {
  const { name, image = '', command, args, workingDir, resources, securityContext } = container
  const expand = (words: readonly string[]) => words.map((word) => expandReferences(word, env))
  const limits = resources?.limits ?? {}
  const cpu = parseQuantity(limits.cpu ?? 0)
  const memory = parseQuantity(limits.memory ?? 0)
  return {
    name,
    image,
    ...(command?.length && { command: expand(command) }),
    ...(args?.length && { args: expand(args) }),
    env,
    ...(workingDir && { workingDirectory: workingDir }),
    ...(securityContext?.runAsUser !== undefined && { user: userOf(securityContext) }),
    ...(cpu && { cpu }),
    ...(memory && { memoryInBytes: Math.ceil(memory) }),
    mounts: (container.volumeMounts ?? []).map((mount) => ({
      volume: mount.name,
      path: mount.mountPath,
      readOnly: mount.readOnly ?? false,
      ...(mount.subPath && { subPath: mount.subPath }),
    })),
    ports: portsOf(container),
    stdin: container.stdin ?? false,
    tty: container.tty ?? false,
  }
}

function userOf({ runAsUser, runAsGroup }: NonNullable<Container['securityContext']>): string {
  return runAsGroup === undefined ? String(runAsUser) : `${runAsUser}:${runAsGroup}`
}

function portsOf({ ports = [] }: Container): PodPort[] {
  return ports.map(({ containerPort, protocol }) => ({
    port: containerPort,
    protocol: protocol === 'UDP' ? 'udp' : 'tcp',
  }))
}
