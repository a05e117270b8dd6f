import type { TimelineMark } from '@berth/core'
import type { Output } from '../output/output.ts'
import type { StartView, StartWatcher } from './start-view.ts'

/** Writes what happens as JSON lines: `{ "type": "progress" }` and `{ "type": "mark" }`. What came of it is told by who waits for it. */
export class JsonLinesView implements StartView {
  readonly #output: Output

  constructor(output: Output) {
    this.#output = output
  }

  watch(provider: string): StartWatcher {
    return {
      busy: (text) => this.#output.document({ type: 'progress', provider, text }),
      mark: ({ name, at, earliest, latest }: TimelineMark) =>
        this.#output.document({ type: 'mark', provider, name, at, earliest, latest }),
      ready() {},
      failed() {},
    }
  }

  end(): void {}
}
