import { type Mark, redact, type TimelineMark } from '@berth/core'
import { createLogUpdate } from 'log-update'
import { formatMicros } from '../output/format-time.ts'
import { paint } from '../output/paint.ts'
import type { StartView, StartWatcher } from './start-view.ts'

const REDRAW_IN_MS = 80
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** What goes on once a mark has passed. */
const AFTER: Readonly<Partial<Record<Mark, string>>> = {
  requested: 'asking for it',
  accepted: 'accepted; waiting for a place',
  scheduled: 'a place was found',
  'pull-started': 'pulling the image',
  'pull-ended': 'the image is there',
  created: 'starting',
  started: 'waiting until it is ready',
  addressed: 'waiting until it is ready',
  connected: 'waiting until it is ready',
}

interface Shown {
  readonly provider: string
  readonly image: string
  readonly startedAt: number
  readonly marks: TimelineMark[]
  state: 'busy' | 'ready' | 'failed'
  text: string
  endedAt: number | undefined
}

/** Redraws two lines for each start in place: where it stands, and what lies behind it. */
export class LiveView implements StartView {
  readonly #draw = createLogUpdate(process.stderr)
  readonly #shown: Shown[] = []
  readonly #timer = setInterval(() => this.#redraw(), REDRAW_IN_MS).unref()
  #beat = 0

  watch(provider: string, image: string): StartWatcher {
    const shown: Shown = {
      provider,
      image,
      startedAt: performance.now(),
      marks: [],
      state: 'busy',
      text: AFTER.requested ?? '',
      endedAt: undefined,
    }
    this.#shown.push(shown)
    const end = (state: 'ready' | 'failed', text: string) => {
      Object.assign(shown, { state, text, endedAt: performance.now() })
    }
    return {
      busy: (text) => {
        shown.text = text
      },
      mark: (mark) => {
        shown.marks.push(mark)
        shown.text = AFTER[mark.name] ?? shown.text
      },
      ready: (url) => end('ready', url ?? 'ready'),
      failed: (code) => end('failed', `failed: ${code}`),
    }
  }

  end(): void {
    clearInterval(this.#timer)
    this.#redraw()
    this.#draw.done()
  }

  #redraw(): void {
    this.#beat += 1
    this.#draw(redact(this.#shown.flatMap((shown) => this.#lines(shown)).join('\n')))
  }

  #lines(shown: Shown): string[] {
    const width = (process.stderr.columns || 80) - 1
    const column = (read: (each: Shown) => string) =>
      read(shown).padEnd(Math.max(...this.#shown.map((each) => read(each).length)))
    const head = `${column(({ provider }) => provider)}  ${column(({ image }) => image)}  ${elapsed(shown).padStart(8)}  `
    const text = cut(shown.text, width - head.length - 2)
    const trail = shown.marks
      .filter(({ name }) => name !== 'requested')
      .map(
        ({ name, at, latest, pinned }) => `${name} ${pinned ? formatMicros(at) : `≤${formatMicros(latest)}`}`,
      )
      .join(' · ')
    const second = trail === '' ? [] : [`  ${paint('dim', cut(trail, width - 2))}`]
    return [`${this.#sign(shown)} ${cut(head, width - 2)}${paintText(shown, text)}`, ...second]
  }

  #sign({ state }: Shown): string {
    if (state === 'ready') return paint('green', '✔')
    if (state === 'failed') return paint('red', '✖')
    return paint('cyan', SPINNER[this.#beat % SPINNER.length] ?? '')
  }
}

/** The measured total where there is one: the clock of a display is a frame late. */
function elapsed({ marks, startedAt, endedAt, state }: Shown): string {
  const ready = state === 'ready' ? marks.find(({ name }) => name === 'ready') : undefined
  return formatMicros(Math.round(ready?.latest ?? ((endedAt ?? performance.now()) - startedAt) * 1_000))
}

function paintText({ state }: Shown, text: string): string {
  if (state === 'busy') return text
  return paint(state === 'ready' ? 'green' : 'red', text)
}

function cut(text: string, width: number): string {
  if (text.length <= width) return text
  return width <= 1 ? '' : `${text.slice(0, width - 1)}…`
}
