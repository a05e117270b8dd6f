import { formatMark } from '../output/format-time.ts'
import type { Output } from '../output/output.ts'
import type { StartView, StartWatcher } from './start-view.ts'

/** One line for each thing that happens, for logs and CI. */
export class PlainView implements StartView {
  readonly #output: Output

  constructor(output: Output) {
    this.#output = output
  }

  watch(provider: string, image: string): StartWatcher {
    const say = (text: string) => this.#output.note(`[${provider}] ${text}`)
    let lastBusy = ''
    say(`starting ${image}`)
    return {
      busy: (text) => {
        if (text !== lastBusy) say(text)
        lastBusy = text
      },
      mark: (mark) => {
        if (mark.name !== 'requested') say(`${formatMark(mark)} ${mark.name}`)
      },
      ready: (url) => say(url === undefined ? 'ready' : `ready at ${url}`),
      failed: (code) => say(`failed: ${code}`),
    }
  }

  end(): void {}
}
