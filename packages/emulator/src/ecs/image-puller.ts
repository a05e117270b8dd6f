import { type Backend, ImageError, type PulledImage } from '../backend/backend.ts'
import type { FaultEffect } from '../fault/fault-rule.ts'
import { findFault } from '../fault/find-fault.ts'
import { readSecret } from './read-secret.ts'
import type { ContainerBody } from './task-definition-body.ts'
import { TaskFailure } from './task-failure.ts'

/** Pulls for one task. Which of them fail by a fault is counted from its first. */
export class ImagePuller {
  readonly #backend: Backend
  readonly #effects: readonly FaultEffect[]
  readonly #secrets: Readonly<Record<string, string>>
  #pulls = 0

  constructor(options: {
    readonly backend: Backend
    readonly effects: readonly FaultEffect[]
    readonly secrets: Readonly<Record<string, string>>
  }) {
    this.#backend = options.backend
    this.#effects = options.effects
    this.#secrets = options.secrets
  }

  /** How much longer than the profile says a pull takes, by a fault. */
  get slownessInMs(): number {
    return findFault(this.#effects, 'slow-pull')?.delayInMs ?? 0
  }

  /** Pulls, and once more where that failed. @throws TaskFailure */
  async pull(container: ContainerBody, signal: AbortSignal): Promise<PulledImage> {
    const { image = '' } = container
    const credentials = this.#credentialsOf(container)
    for (let retries = 0; ; retries += 1) {
      try {
        this.#failByFault(image)
        return await this.#backend.pull(image, { credentials, signal })
      } catch (error) {
        if (!(error instanceof ImageError)) throw error
        if (retries === RETRIES || error.reason === 'invalid-name')
          throw new TaskFailure(`CannotPullContainerError: ${messageOf(error, image, retries)}`)
      }
    }
  }

  #failByFault(image: string): void {
    this.#pulls += 1
    const fault = findFault(this.#effects, 'failed-pull')
    if (!fault || this.#pulls > (fault.times ?? Number.POSITIVE_INFINITY)) return
    throw new ImageError(
      fault.reason ?? 'unreachable',
      `the image ${image} cannot be pulled: this was asked for by a fault rule`,
    )
  }

  #credentialsOf({ repositoryCredentials }: ContainerBody) {
    const parameter = repositoryCredentials?.credentialsParameter
    if (parameter === undefined) return undefined
    const { username = '', password = '' } = JSON.parse(readSecret(parameter, this.#secrets))
    return { username: String(username), password: String(password) }
  }
}

const RETRIES = 1

/** As the agent words it; the last part is the registry's own, or its HTTP client's. */
function messageOf({ reason, message }: ImageError, image: string, retries: number): string {
  const tried = `pull image manifest has been retried ${retries} time(s): failed to resolve ref ${image}: `
  switch (reason) {
    case 'not-found':
      return `${tried}${image}: not found`
    case 'unauthorized':
      return `${tried}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`
    case 'rate-limited':
      return `${tried}unexpected status code: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.`
    case 'unreachable':
      return `${tried}failed to do request: dial tcp: i/o timeout`
    case 'invalid-name':
      return `invalid reference format: ${message}`
  }
}
