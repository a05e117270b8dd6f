import type { Instant, Progress } from '@berth/core'
import type { ImageProgress } from './engine/index.ts'

interface Layer {
  readonly done: boolean
  readonly current: number
  readonly total: number
}

/** People cannot read faster. */
const LEAST_PAUSE_IN_MS = 100

/** Adds up what an engine tells of the layers of a pull. */
export class PullMeter {
  readonly #image: string
  readonly #layers = new Map<string, Layer>()
  #toldAt: Instant = Number.NEGATIVE_INFINITY
  #told = ''

  constructor(image: string) {
    this.#image = image
  }

  /** Takes one message; gives what to tell, where it is time and there is something new. */
  take({ id, status, current, total }: ImageProgress, now: Instant): Progress | undefined {
    if (id === undefined || status.startsWith('Pulling from')) return undefined
    const known = this.#layers.get(id) ?? { done: false, current: 0, total: 0 }
    this.#layers.set(id, advance(known, status, current, total))
    const progress = this.#sum()
    const isNews = progress.text !== this.#told
    if (!isNews && now - this.#toldAt < LEAST_PAUSE_IN_MS) return undefined
    this.#told = progress.text
    this.#toldAt = now
    return progress
  }

  #sum(): Progress {
    const layers = [...this.#layers.values()]
    const done = layers.filter((layer) => layer.done).length
    const bytes = layers.reduce((sum, { current }) => sum + current, 0)
    const total = layers.reduce((sum, layer) => sum + layer.total, 0)
    return {
      step: 'pull',
      text: `${this.#image}, ${done} of ${layers.length} layers`,
      // What is not being downloaded yet has no known size: the total grows.
      ...(total > 0 && { done: bytes, total }),
    }
  }
}

function advance(layer: Layer, status: string, current = 0, total = 0): Layer {
  switch (status) {
    case 'Downloading':
      return { done: false, current, total: Math.max(total, current) }
    case 'Already exists':
    case 'Pull complete':
      return { ...layer, done: true, current: layer.total }
    case 'Verifying Checksum':
    case 'Download complete':
    case 'Extracting':
      return { ...layer, current: layer.total }
    default:
      return layer
  }
}
