import { type Backend, ImageError } from '../backend/backend.ts'
import type { FaultEffect } from '../fault/fault-rule.ts'
import { findFault } from '../fault/find-fault.ts'
import type { RegistryCredentialBody } from './group-body.ts'

/** Pulls for one container. Which of them fail by a fault is counted from its first. */
export class ImagePuller {
  readonly #backend: Backend
  readonly #effects: readonly FaultEffect[]
  readonly #credentials: readonly RegistryCredentialBody[]
  #pulls = 0

  constructor(options: {
    readonly backend: Backend
    readonly effects: readonly FaultEffect[]
    readonly credentials: readonly RegistryCredentialBody[]
  }) {
    this.#backend = options.backend
    this.#effects = options.effects
    this.#credentials = options.credentials
  }

  /** How much longer than the profile says a pull takes, by a fault. */
  get slownessInMs(): number {
    return findFault(this.#effects, 'slow-pull')?.delayInMs ?? 0
  }

  /** Throws `ImageError`. */
  async pull(image: string, signal: AbortSignal): Promise<void> {
    this.#pulls += 1
    const fault = findFault(this.#effects, 'failed-pull')
    if (fault && this.#pulls <= (fault.times ?? Number.POSITIVE_INFINITY))
      throw new ImageError(
        fault.reason ?? 'unreachable',
        `the image ${image} cannot be pulled: this was asked for by a fault rule`,
      )
    await this.#backend.pull(image, { credentials: credentialsFor(image, this.#credentials), signal })
  }
}

/** Those of the registry that the image's name begins with. */
export function credentialsFor(
  image: string,
  credentials: readonly RegistryCredentialBody[],
): { readonly username: string; readonly password: string } | undefined {
  const found = credentials.find(({ server }) => server !== undefined && image.startsWith(`${server}/`))
  if (found?.username === undefined || found.password === undefined) return undefined
  return { username: found.username, password: found.password }
}
