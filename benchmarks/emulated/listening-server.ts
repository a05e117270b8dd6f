import type { LogLine } from '@berth/core'

/** When a server could be asked first, and when it first was, on this process' `performance.now()`. */
export interface ServerInstants {
  readonly listeningAt: number
  readonly askedAt: number
}

/** An HTTP server for `node -e` that tells both in its log, by this machine's clock. Where it listens stands in HOST and PORT_80. */
export const LISTENING_SERVER = `
  const { createServer } = require('node:http')
  const tell = (what) => console.log(what + '=' + (performance.timeOrigin + performance.now()))
  createServer((request, response) => response.end('here'))
    .once('connection', () => tell('asked'))
    .listen(Number(process.env.PORT_80), process.env.HOST, () => tell('listening'))
`
const TOLD_WITHIN_MS = 5_000
const LOOK_AGAIN_IN_MS = 100

/** What its log says; a cloud's own log may take a while. Throws Error where it does not say it. */
export async function readInstants(
  logs: () => AsyncIterable<Pick<LogLine, 'text'>>,
): Promise<ServerInstants> {
  const givenUpAt = performance.now() + TOLD_WITHIN_MS
  for (;;) {
    const told = new Map<string, number>()
    for await (const { text } of logs()) {
      const [, what = '', at] = /^(\w+)=([\d.]+)$/.exec(text) ?? []
      told.set(what, Number(at) - performance.timeOrigin)
    }
    const [listeningAt, askedAt] = [told.get('listening'), told.get('asked')]
    if (listeningAt !== undefined && askedAt !== undefined) return { listeningAt, askedAt }
    if (performance.now() > givenUpAt) throw new Error('the server did not say when it listened')
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_IN_MS))
  }
}
