import { setTimeout as wait } from 'node:timers/promises'
import { ArmError } from '../arm/arm-error.ts'
import { type Backend, ImageError } from '../backend/backend.ts'
import { invalid } from './aci-errors.ts'
import type { GroupPropertiesBody } from './group-body.ts'
import { credentialsFor } from './pull-image.ts'

/** An image whose pull has not failed after so long is there. Real milliseconds. */
const PATIENCE_IN_MS = 1_000

/** Asks for every image before a group is accepted. Throws ACI's refusal where one cannot be had. */
export async function checkImages(
  group: string,
  properties: GroupPropertiesBody,
  backend: Backend,
  signal: AbortSignal,
): Promise<void> {
  const { containers = [], initContainers = [], imageRegistryCredentials = [] } = properties
  const images = new Set(
    [...containers, ...initContainers].map((container) => container.properties?.image ?? ''),
  )
  await Promise.all(
    [...images].map(async (image) => {
      const credentials = credentialsFor(image, imageRegistryCredentials)
      const patience = new AbortController()
      try {
        // The pull goes on beyond the patience: the node will be glad of it.
        await Promise.race([
          backend.pull(image, { credentials, signal }),
          wait(PATIENCE_IN_MS, undefined, { signal: patience.signal, ref: false }),
        ])
      } catch (error) {
        const refusal = error instanceof ImageError ? refusalOf(error, image, group) : undefined
        if (refusal) throw refusal
        if (!(error instanceof ImageError)) throw error
      } finally {
        patience.abort()
      }
    }),
  )
}

function refusalOf({ reason }: ImageError, image: string, group: string): ArmError | undefined {
  switch (reason) {
    case 'not-found':
    case 'unauthorized':
      return invalid(
        'InaccessibleImage',
        `The image '${image}' in container group '${group}' is not accessible. Please check the image and registry credential.`,
      )
    case 'invalid-name':
      return invalid(
        'InvalidImageName',
        `The image name '${image}' in container group '${group}' is invalid.`,
      )
    case 'rate-limited':
      return new ArmError(
        409,
        'RegistryErrorResponse',
        `An error response is received from the docker registry '${registryOf(image)}'. Please retry later.`,
      )
    case 'unreachable':
      // The node may reach it: what comes of it is told by events.
      return undefined
  }
}

function registryOf(image: string): string {
  const [first = '', ...others] = image.split('/')
  return others.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'index.docker.io'
}
