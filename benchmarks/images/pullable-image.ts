import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineSocket } from '../harness/engine-socket.ts'
import { buildImage } from './build-image.ts'
import { truthRecipe } from './truth-image.ts'

/** Noise, so that a pull has something to fetch and to unpack that no other image has. */
const NOISE_IN_BYTES = 8 * 1024 * 1024

/** The truth program in an image that a registry has and the engine has not. */
export class PullableImage {
  readonly reference: string
  readonly #engine: EngineSocket

  private constructor(engine: EngineSocket, reference: string) {
    this.#engine = engine
    this.reference = reference
  }

  /** Builds it, pushes it, and removes it from the engine. */
  static async push(engine: EngineSocket, shellImage: string, registry: string): Promise<PullableImage> {
    const recipe = truthRecipe(`${registry}/berth-benchmark-pulled`, shellImage)
    const reference = await buildImage(engine, {
      ...recipe,
      dockerfile: `${recipe.dockerfile}\nCOPY noise /noise`,
      prepare: (directory) => {
        recipe.prepare(directory)
        writeFileSync(join(directory, 'noise'), randomBytes(NOISE_IN_BYTES))
      },
    })
    const [name, tag] = reference.split(/:(?=[^:]*$)/)
    const { text } = await engine.send('POST', `/images/${name}/push?tag=${tag}`)
    if (/"error"/.test(text)) throw new Error(`${reference} cannot be pushed: ${text.trim()}`)
    const image = new PullableImage(engine, reference)
    await image.forget()
    return image
  }

  /** Removes it from the engine, so that the next start pulls. */
  async forget(): Promise<void> {
    await this.#engine.send('DELETE', `/images/${this.reference}?force=1`).catch((error: Error) => {
      if (!error.message.includes(': 404 ')) throw error
    })
  }
}
