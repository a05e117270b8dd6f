import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { findImage, type GroupSpec, type ProcessRunner } from '@berth/process/runner'
import type { ContainerSpec, PodSpec } from '../backend.ts'
import type { Sandbox } from '../sandbox.ts'
import { type ClaimedAddress, claimAddress } from './claim-address.ts'
import { MAIN } from './main-container.ts'
import { mapRunnerError } from './map-runner-error.ts'
import { startProcessInstance } from './process-instance.ts'
import { resolveMount, writeVolumes } from './write-volumes.ts'

/** What the pods of one backend share. */
export interface ProcessPlace {
  readonly runner: ProcessRunner
  /** Holds a folder of volumes for each pod. */
  readonly volumes: string
}

/** Makes a pod's address and volumes. Each instance of a container will be a group of the runner, named after the pod's number. */
export async function createProcessSandbox(
  { runner, volumes }: ProcessPlace,
  spec: PodSpec,
  podNumber: number,
): Promise<Sandbox> {
  const folder = join(volumes, String(podNumber))
  const address = await claimAddress()
  let groupCount = 0

  async function remove(): Promise<void> {
    await rm(folder, { recursive: true, force: true })
    address.release()
  }

  try {
    await writeVolumes(folder, spec.volumes)
    await Promise.all(tcpPorts(spec.ports).map((port) => address.open(port)))
  } catch (error) {
    await remove()
    throw error
  }
  return {
    host: address.host,
    address: address.address,
    async connect(port) {
      const socket = connect(address.address({ port, protocol: 'tcp' }))
      await once(socket, 'connect')
      return socket
    },
    async start(container, number) {
      try {
        const group = await toGroup(container, { name: `pod${podNumber}.${++groupCount}`, number })
        return await startProcessInstance(runner, group)
      } catch (error) {
        throw mapRunnerError(error)
      }
    },
    remove,
  }

  async function toGroup(
    container: ContainerSpec,
    { name, number }: { name: string; number: number },
  ): Promise<GroupSpec> {
    const { command, args, workingDirectory, mounts, stdin } = container
    return {
      name,
      labels: { ...spec.labels, pod: spec.name, container: container.name, instance: String(number) },
      address: address.host,
      containers: [
        {
          name: MAIN,
          image: container.image,
          command,
          args,
          workingDirectory,
          env: { ...(await portVariables(container, spec, address)), ...container.env },
          mounts: await Promise.all(
            mounts.map(async (mount) => ({
              path: mount.path,
              hostPath: await resolveMount(folder, spec.volumes, mount),
            })),
          ),
          // They are the pod's: reserved once for all its containers and their restarts.
          ports: [],
          stdin,
        },
      ],
    }
  }
}

/** What a program of the catalogue listens by: PORT is the container's first port, PORT_<number> are those of the whole pod. */
async function portVariables(
  container: ContainerSpec,
  pod: PodSpec,
  address: ClaimedAddress,
): Promise<Record<string, string>> {
  const ofPod = tcpPorts(pod.ports)
  const declared = tcpPorts(container.ports ?? pod.ports)
  const { defaultPort } = findImage(container.image)
  const own = declared.length === 0 && defaultPort !== null ? [defaultPort] : declared
  const variables: Record<string, string> = {}
  for (const port of [...ofPod, ...own]) variables[`PORT_${port}`] = String((await address.open(port)).port)
  const [first] = own
  if (first !== undefined) variables.PORT = String((await address.open(first)).port)
  return variables
}

function tcpPorts(ports: PodSpec['ports']): number[] {
  return ports.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port)
}
