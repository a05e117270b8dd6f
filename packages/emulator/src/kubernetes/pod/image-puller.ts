import { ImageError, type PulledImage } from '../../backend/backend.ts'
import type { FaultEffect } from '../../fault/fault-rule.ts'
import { findFault } from '../../fault/find-fault.ts'
import type { ClusterNode, KubernetesParts } from '../kubernetes-parts.ts'
import type { Pod } from '../objects/pod.ts'
import { registryCredentials } from './registry-credentials.ts'

/** Pulls for one Pod. Which of them fail by a fault is counted from its first. */
export class ImagePuller {
  readonly #parts: KubernetesParts
  readonly #node: ClusterNode
  readonly #pod: Pod
  readonly #effects: readonly FaultEffect[]
  #pulls = 0

  constructor(parts: KubernetesParts, node: ClusterNode, pod: Pod, effects: readonly FaultEffect[]) {
    this.#parts = parts
    this.#node = node
    this.#pod = pod
    this.#effects = effects
  }

  /** Whether the node has the image. */
  has(image: string): boolean {
    return this.#node.images.has(image)
  }

  /** How much longer than the profile says a pull takes, by a fault. */
  get slownessInMs(): number {
    return findFault(this.#effects, 'slow-pull')?.delayInMs ?? 0
  }

  /** @throws ImageError */
  async pull(image: string, signal: AbortSignal): Promise<PulledImage> {
    this.#pulls += 1
    const fault = findFault(this.#effects, 'failed-pull')
    if (fault && this.#pulls <= (fault.times ?? Number.POSITIVE_INFINITY))
      throw new ImageError(
        fault.reason ?? 'unreachable',
        `the image ${image} cannot be pulled: this was asked for by a fault rule`,
      )
    const credentials = registryCredentials(image, this.#pod, this.#parts.store)
    const pulled = await this.#parts.world.backend.pull(image, { credentials, signal })
    this.#node.images.add(image)
    return pulled
  }

  /** What is known of an image that the node has. @throws ImageError */
  async find(image: string, signal: AbortSignal): Promise<PulledImage> {
    return await this.#parts.world.backend.pull(image, {
      credentials: registryCredentials(image, this.#pod, this.#parts.store),
      signal,
    })
  }
}
