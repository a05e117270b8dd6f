import type { TimelineMark } from '@berth/core'
import type { Output } from '../output/output.ts'
import { JsonLinesView } from './json-lines-view.ts'
import { PlainView } from './plain-view.ts'

/** Who hears how one start goes on. */
export interface StartWatcher {
  /** What it is busy with, in the adapter's words. */
  busy(text: string): void
  /** A mark has become known. */
  mark(mark: TimelineMark): void
  ready(url: string | undefined): void
  /** @param code the error's; its message is told by who asked for the start */
  failed(code: string): void
}

/** Shows one or several starts while they go on. */
export interface StartView {
  watch(provider: string, image: string): StartWatcher
  /** Leaves what is shown and writes no more. */
  end(): void
}

/** The view that fits where it is seen: redrawn in place on a terminal, plain lines elsewhere, JSON lines with `--json`. */
export async function startView(output: Output): Promise<StartView> {
  if (output.json) return new JsonLinesView(output)
  if (!process.stderr.isTTY || process.env.CI || process.env.TERM === 'dumb') return new PlainView(output)
  const { LiveView } = await import('./live-view.ts')
  return new LiveView()
}

/** Shows nothing, for where only the result counts. */
export const silentView: StartView = {
  watch: () => ({ busy() {}, mark() {}, ready() {}, failed() {} }),
  end() {},
}
