import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessRunner } from '@berth/process/runner'
import type { PodSpec } from '../backend.ts'
import { connectTcp } from '../connect-tcp.ts'
import type { Sandbox } from '../sandbox.ts'
import { claimAddress } from './claim-address.ts'
import { convertToGroup, type ProcessPod, tcpPorts } from './convert-to-group.ts'
import { mapRunnerError } from './map-runner-error.ts'
import { startProcessInstance } from './process-instance.ts'
import { writeVolumes } from './write-volumes.ts'

/** What the pods of one backend share. */
export interface ProcessPlace {
  readonly runner: ProcessRunner
  /** Holds a folder of volumes for each pod. */
  readonly volumes: string
}

/** Makes a pod: an address, and directories for its volumes. Each instance of a container will be a group of the runner. */
export async function createProcessSandbox(
  { runner, volumes }: ProcessPlace,
  spec: PodSpec,
  podNumber: number,
): Promise<Sandbox> {
  const address = await claimAddress()
  const pod: ProcessPod = { spec, address, volumes: join(volumes, String(podNumber)) }
  let groupCount = 0

  async function remove(): Promise<void> {
    await rm(pod.volumes, { recursive: true, force: true })
    address.release()
  }

  try {
    await writeVolumes(pod.volumes, spec.volumes)
    await Promise.all(tcpPorts(spec.ports).map((port) => address.open(port)))
  } catch (error) {
    await remove()
    throw error
  }
  return {
    host: address.host,
    address: address.address,
    connect: (port) => connectTcp(address.address({ port, protocol: 'tcp' })),
    async start(container) {
      // Names of pods and containers may be more than the runner takes: it gets numbers, and the names as labels.
      const name = `pod${podNumber}.${++groupCount}`
      try {
        return await startProcessInstance(runner, await convertToGroup(pod, container, name))
      } catch (error) {
        throw mapRunnerError(error)
      }
    },
    remove,
  }
}
