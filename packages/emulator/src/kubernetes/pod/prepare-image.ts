import { ImageError, type PulledImage } from '../../backend/backend.ts'
import type { EmulatedTime } from '../../clock/emulated-time.ts'
import type { KubernetesDialect } from '../kubernetes-dialect.ts'
import type { Container } from '../objects/pod.ts'
import type { ContainerEvents } from './container-events.ts'
import { formatDuration } from './format-duration.ts'
import { imageFailure } from './image-failure.ts'
import type { ImagePuller } from './image-puller.ts'

export interface ImagePreparationParts {
  readonly container: Container
  readonly puller: ImagePuller
  readonly events: ContainerEvents
  readonly time: EmulatedTime
  readonly pullingInMs: number
  readonly texts: Pick<KubernetesDialect, 'pulledText' | 'minorVersion'>
  /** Called with what keeps the container from being made. */
  readonly onWaiting: (reason: string, message?: string) => void
}

const FIRST_WAIT_IN_MS = 10_000
const LONGEST_WAIT_IN_MS = 300_000
/** How long a failure is told before it is told that the next pull is put off. */
const SEEN_FAILED_IN_MS = 1_000
/** A manifest that the node has is only asked for again. */
const ASKING_AGAIN_IN_MS = 1_000

/** Makes an image ready, by its pull policy, and tries again for as long as it takes. */
export class ImagePreparation {
  readonly #parts: ImagePreparationParts

  constructor(parts: ImagePreparationParts) {
    this.#parts = parts
  }

  async prepare(signal: AbortSignal): Promise<PulledImage> {
    const { container, puller, events } = this.#parts
    const { image = '', imagePullPolicy = 'IfNotPresent' } = container
    if (imagePullPolicy === 'Never' && !puller.has(image)) return await this.#refuse(image, signal)
    if (imagePullPolicy !== 'Always' && puller.has(image)) {
      const found = await puller.find(image, signal)
      events.tell('Pulled', presentText(image, this.#parts.texts.minorVersion))
      return found
    }
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#pull(image, signal)
      if (!(outcome instanceof ImageError)) return outcome
      await this.#putOff(image, outcome, attempt, signal)
    }
  }

  async #pull(image: string, signal: AbortSignal): Promise<PulledImage | ImageError> {
    const { puller, events, time, pullingInMs, texts } = this.#parts
    const drawnInMs = puller.has(image) ? Math.min(pullingInMs, ASKING_AGAIN_IN_MS) : pullingInMs
    events.tell('Pulling', `Pulling image "${image}"`)
    const beganAt = performance.now()
    const [outcome] = await Promise.all([
      puller.pull(image, signal).catch((error: unknown) => {
        if (error instanceof ImageError) return error
        throw error
      }),
      time.pass(drawnInMs + puller.slownessInMs, signal),
    ])
    signal.throwIfAborted()
    if (outcome instanceof ImageError) return outcome
    events.tell('Pulled', pulledText(image, performance.now() - beganAt, outcome, texts))
    return outcome
  }

  async #putOff(image: string, error: ImageError, attempt: number, signal: AbortSignal): Promise<void> {
    const { events, time, onWaiting } = this.#parts
    const words = imageFailure(image, error)
    if (error.reason === 'invalid-name') {
      events.tell('InspectFailed', words)
      events.tell('Failed', 'Error: InvalidImageName')
      onWaiting('InvalidImageName', words)
      return await time.pass(Number.POSITIVE_INFINITY, signal)
    }
    events.tell('Failed', `Failed to pull image "${image}": ${words}`)
    events.tell('Failed', 'Error: ErrImagePull')
    onWaiting('ErrImagePull', words)
    await time.pass(SEEN_FAILED_IN_MS, signal)
    events.tell('BackOff', `Back-off pulling image "${image}"`)
    events.tell('Failed', 'Error: ImagePullBackOff')
    const isExplained = this.#parts.texts.minorVersion >= 32
    onWaiting(
      'ImagePullBackOff',
      `Back-off pulling image "${image}"${isExplained ? `: ErrImagePull: ${words}` : ''}`,
    )
    await time.pass(Math.min(LONGEST_WAIT_IN_MS, FIRST_WAIT_IN_MS * 2 ** (attempt - 1)), signal)
  }

  async #refuse(image: string, signal: AbortSignal): Promise<never> {
    const { events, time, onWaiting } = this.#parts
    const message = `Container image "${image}" is not present with pull policy of Never`
    events.tell('ErrImageNeverPull', message)
    events.tell('Failed', 'Error: ErrImageNeverPull')
    onWaiting('ErrImageNeverPull', message)
    await time.pass(Number.POSITIVE_INFINITY, signal)
    throw new Error(message)
  }
}

function presentText(image: string, minorVersion: number): string {
  const more = minorVersion >= 35 ? ' and can be accessed by the pod' : ''
  return `Container image "${image}" already present on machine${more}`
}

function pulledText(
  image: string,
  tookInMs: number,
  { sizeInBytes }: PulledImage,
  { pulledText: form }: ImagePreparationParts['texts'],
): string {
  const plain = `Successfully pulled image "${image}"`
  if (form === 'plain') return plain
  const took = formatDuration(tookInMs)
  if (form === 'timed') return `${plain} in ${took}`
  const waiting = `${plain} in ${took} (${took} including waiting)`
  return form === 'with-waiting' ? waiting : `${waiting}. Image size: ${sizeInBytes} bytes.`
}
