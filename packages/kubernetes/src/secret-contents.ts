import { isSecret, type PlannedFile, reveal } from '@berth/core'

/** What goes into a run's Secret, by key; as base64, as the API takes it. */
export class SecretContents {
  readonly #data = new Map<string, string>()

  get data(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#data)
  }

  get isEmpty(): boolean {
    return this.#data.size === 0
  }

  async add(key: string, content: PlannedFile['content']): Promise<void> {
    const bytes = isSecret(content) ? await reveal(content) : content
    this.#data.set(key, Buffer.from(bytes).toString('base64'))
  }
}
