import { createHash } from 'node:crypto'
import { type CatalogueImage, findImage, processRunner, RunnerError } from '@berth/process/runner'
import { type Backend, ImageError, type PulledImage } from '../backend.ts'
import { requireImageName } from '../image-name.ts'
import { podRegistry } from '../pod-registry.ts'
import { claimAddress } from './claim-address.ts'
import { createProcessSandbox } from './process-sandbox.ts'
import { makeStateFolder, removeProcessLeftovers } from './state-folder.ts'

/**
 * Containers as child processes of the runner's catalogue (berth/hello, berth/job, berth/shell): no engine is needed, and there is no
 * isolation. Host name, user, cpu, memory, read-only mounts and terminals are taken and make no difference.
 */
export async function createProcessBackend(name: string, directory?: string): Promise<Backend> {
  await removeProcessLeftovers(name, directory)
  const folder = await makeStateFolder(name, directory)
  const place = { runner: processRunner({ directory: folder.runner }), volumes: folder.volumes }
  let podCount = 0
  const pods = podRegistry((spec) => createProcessSandbox(place, spec, ++podCount))
  return {
    kind: 'process',
    addressing: await describeAddressing(),
    async pull(image, { signal } = {}) {
      signal?.throwIfAborted()
      requireImageName(image)
      return pulledImage(requireImage(image))
    },
    createPod: pods.create,
    async close() {
      await pods.close()
      await folder.remove()
    },
  }
}

async function describeAddressing(): Promise<string> {
  const address = await claimAddress()
  try {
    if (!address.own) return 'mapped ports of 127.0.0.1'
    const { mapped } = await address.open(80)
    return mapped
      ? 'loopback addresses of their own, with ports below 1024 mapped'
      : 'loopback addresses of their own'
  } finally {
    address.release()
  }
}

function requireImage(name: string): CatalogueImage {
  try {
    return findImage(name)
  } catch (error) {
    if (!RunnerError.isInstance(error)) throw error
    throw new ImageError('not-found', error.message, { cause: error })
  }
}

/** It is on the machine already, and nothing of it is measured or hashed but its name. */
function pulledImage({ name, entry }: CatalogueImage): PulledImage {
  return {
    digest: `sha256:${createHash('sha256').update(name).digest('hex')}`,
    sizeInBytes: 0,
    command: ['program' in entry ? entry.program : entry.script],
    architecture: process.arch === 'x64' ? 'amd64' : process.arch === 'arm64' ? 'arm64' : 'other',
    wasFetched: false,
  }
}
