import { readFileSync } from 'node:fs'
import { http } from '@berth/core'
import type { Clouds } from './clouds.ts'
import { type Part, shownPart } from './part.ts'
import { followStart } from './show.ts'

const PORT = 80
/** It looks at these files for each request. BERTH_ROOT is empty but where the parts are processes. */
const TAKE_NEWS = 'cd "$BERTH_ROOT/state" && printf %s "$WORKERS" > workers && printf %s "$PARTS" > parts'

export interface Front extends AsyncDisposable {
  readonly part: Part
  readonly url: string
  /** Tells it where the workers are, and the page how they and those before them started. */
  connect(workers: readonly Part[], everStarted: readonly Part[]): Promise<void>
  /** One request; the answer tells which worker gave it. */
  ask(): Promise<string>
}

/** Starts the web front, for everybody to reach: the workers call it too. */
export async function startFront({ front: provider, programs }: Clouds): Promise<Front> {
  const run = await provider.run({
    ...programs.front,
    name: 'front',
    env: { PORT: String(PORT) },
    files: { '/www/index.html': readFileSync(new URL('page.html', import.meta.url), 'utf8') },
    ports: [PORT],
    expose: 'public',
    cpu: 0.25,
    memory: '512Mi',
    ready: http('/'),
  })
  const part: Part = { name: 'front', cloud: provider.name, run }
  await followStart(part)
  const url = run.url ?? ''
  return {
    part,
    url,
    async connect(workers, everStarted) {
      const addresses = workers.map((worker) => `${worker.run.url}\n`).join('')
      const serving = [part, ...workers]
      const parts = [part, ...everStarted].map((one) => ({
        ...shownPart(one),
        serves: serving.includes(one),
      }))
      const { exitCode, stderr } = await run.exec(['sh', '-c', TAKE_NEWS], {
        env: { WORKERS: addresses, PARTS: JSON.stringify(parts) },
      })
      if (exitCode !== 0) throw new Error(`the front took no new addresses: ${stderr}`)
    },
    async ask() {
      const answer = await fetch(new URL('/cgi-bin/work', url))
      return (await answer.text()).trim()
    },
    [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
  }
}
