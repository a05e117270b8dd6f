import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { http } from '@berth/core'
import type { Clouds } from './clouds.ts'
import { type Part, shownPart } from './part.ts'
import { followStart } from './show.ts'

const PORT = 80

export interface Front extends AsyncDisposable {
  readonly part: Part
  readonly url: string
  /** Tells it where the workers are, and the page how they started. */
  connect(workers: readonly Part[]): Promise<void>
  /** One request; the answer tells which worker gave it. */
  ask(): Promise<string>
}

/** Starts the web front, for everybody to reach: the workers call it too. */
export async function startFront({ front: provider, programs }: Clouds): Promise<Front> {
  const state = `${tmpdir()}/multi-cloud-front-${process.pid}`
  const run = await provider.run({
    ...programs.front,
    name: 'front',
    env: { STATE: state, PORT: String(PORT) },
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
    async connect(workers) {
      const addresses = workers.map((worker) => `${worker.run.url}\n`).join('')
      const parts = JSON.stringify([part, ...workers].map(shownPart))
      // It looks at these two files for each request.
      const { exitCode, stderr } = await run.exec(
        ['sh', '-c', 'printf %s "$WORKERS" > "$STATE/workers" && printf %s "$PARTS" > "$STATE/parts"'],
        { env: { WORKERS: addresses, PARTS: parts, STATE: state } },
      )
      if (exitCode !== 0) throw new Error(`the front took no new addresses: ${stderr}`)
    },
    async ask() {
      const answer = await fetch(new URL('/cgi-bin/work', url))
      return (await answer.text()).trim()
    },
    [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
  }
}
