import { findImage, type GroupSpec } from '@berth/process/runner'
import type { ContainerSpec, PodSpec } from '../backend.ts'
import type { ClaimedAddress } from './claim-address.ts'
import { MAIN } from './main-container.ts'
import { resolveMount } from './write-volumes.ts'

/** A pod as its containers need it. */
export interface ProcessPod {
  readonly spec: PodSpec
  readonly address: ClaimedAddress
  /** Holds a directory for each volume. */
  readonly volumes: string
}

/** One instance of a container in the runner's words: a group of one that is never restarted. */
export async function convertToGroup(
  pod: ProcessPod,
  container: ContainerSpec,
  name: string,
): Promise<GroupSpec> {
  const { image, command, args, workingDirectory, mounts, env, stdin } = container
  return {
    name,
    labels: { ...pod.spec.labels, pod: pod.spec.name, container: container.name },
    address: pod.address.host,
    containers: [
      {
        name: MAIN,
        image,
        command,
        args,
        workingDirectory,
        stdin,
        env: { ...(await portVariables(pod, container)), ...env },
        mounts: await Promise.all(
          mounts.map(async (mount) => ({
            path: mount.path,
            hostPath: await resolveMount(pod.volumes, pod.spec.volumes, mount),
          })),
        ),
        // They are the pod's: reserved once for all its containers and their restarts.
        ports: [],
      },
    ],
  }
}

/** What a program of the catalogue listens by: PORT is the container's first port, PORT_<number> are those of the whole pod. */
async function portVariables(
  { spec, address }: ProcessPod,
  { image, ports = spec.ports }: ContainerSpec,
): Promise<Record<string, string>> {
  const { defaultPort } = findImage(image)
  const declared = tcpPorts(ports)
  const own = declared.length === 0 && defaultPort !== null ? [defaultPort] : declared
  const variables: Record<string, string> = {}
  for (const port of [...tcpPorts(spec.ports), ...own]) {
    variables[`PORT_${port}`] = String((await address.open(port)).port)
  }
  const [first] = own
  if (first !== undefined) variables.PORT = variables[`PORT_${first}`] ?? String(first)
  return variables
}

export function tcpPorts(ports: PodSpec['ports']): number[] {
  return ports.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port)
}
