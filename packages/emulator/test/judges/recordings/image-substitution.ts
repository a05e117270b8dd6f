interface Container {
  readonly properties: { readonly image: string; readonly command?: readonly string[] }
}

interface Body {
  readonly properties?: { readonly containers?: readonly Container[] }
}

/** Names the image that does on a backend what the recorded one did in the cloud. */
export type ChooseImage = (image: string, command: readonly string[] | undefined) => string

/**
 * Recorded images are out of reach here: an image that behaves as they did stands for each, and answers are read as if
 * they spoke of the recorded one.
 */
export class ImageSubstitution {
  readonly #choose: ChooseImage
  readonly #recorded = new Map<string, string>()

  constructor(choose: ChooseImage) {
    this.#choose = choose
  }

  request(body: unknown): unknown {
    const { properties } = (body ?? {}) as Body
    if (!properties?.containers) return body
    return {
      ...(body as Body),
      properties: { ...properties, containers: properties.containers.map(this.#substitute) },
    }
  }

  answer(text: string): string {
    let read = text
    for (const [image, recorded] of this.#recorded) read = read.replaceAll(image, recorded)
    return read
  }

  readonly #substitute = (container: Container): Container => {
    const { image: recorded, command } = container.properties
    const image = this.#choose(recorded, command)
    this.#recorded.set(image, recorded)
    return { ...container, properties: { ...container.properties, image } }
  }
}
