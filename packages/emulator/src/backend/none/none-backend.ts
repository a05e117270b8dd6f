import { createHash } from 'node:crypto'
import { type Backend, ImageError, type PulledImage, StartError } from '../backend.ts'
import { requireImageName } from '../image-name.ts'
import { podRegistry } from '../pod-registry.ts'
import type { Sandbox } from '../sandbox.ts'
import { noneInstance } from './none-instance.ts'
import { readScript } from './read-script.ts'

/**
 * State alone, for scale: containers "run" until they are told to stop, or as their image's name says (read-script.ts). They write
 * nothing, serve nothing and execute nothing.
 */
export function createNoneBackend(): Backend {
  const fetched = new Set<string>()
  let sandboxCount = 0
  const pods = podRegistry(async () => noneSandbox(++sandboxCount))
  return {
    kind: 'none',
    addressing: 'loopback addresses at which nothing answers',
    async pull(image, { signal } = {}) {
      signal?.throwIfAborted()
      requireImageName(image)
      const { imageFailure } = readScript(image)
      if (imageFailure !== undefined)
        throw new ImageError(imageFailure, `${image}: ${imageFailure}, as its name says`)
      const wasFetched = !fetched.has(image)
      fetched.add(image)
      return pulledImage(image, wasFetched)
    },
    createPod: pods.create,
    close: pods.close,
  }
}

function pulledImage(image: string, wasFetched: boolean): PulledImage {
  const digest = `sha256:${createHash('sha256').update(image).digest('hex')}`
  return { digest, sizeInBytes: 0, command: [], architecture: 'amd64', wasFetched }
}

function noneSandbox(number: number): Sandbox {
  // From the end of 127/8, where no one listens.
  const host = `127.255.${Math.floor(number / 250) % 256}.${(number % 250) + 1}`
  return {
    host,
    address: ({ port }) => ({ host, port, mapped: false }),
    async connect(port) {
      throw new Error(`nothing answers at ${host}:${port}: containers of backend none serve nothing`)
    },
    async start({ name, image }) {
      const { startFailure } = readScript(image)
      if (startFailure !== undefined) {
        throw new StartError(
          startFailure,
          `container ${name}: ${startFailure}, as the name of its image says`,
        )
      }
      return noneInstance(readScript(image))
    },
    async remove() {},
  }
}
