import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineSocketPath } from './engine-socket.ts'

/** A unix socket before the engine's that counts the calls that pass. It slows them: nothing is timed through it. */
export class CountingProxy {
  readonly socketPath = join(tmpdir(), `berth-benchmark-${process.pid}-${Date.now().toString(36)}.sock`)
  readonly #counts = new Map<string, number>()
  readonly #server: Server
  readonly #engine = engineSocketPath()

  constructor() {
    this.#server = createServer((incoming, outgoing) => {
      this.#count(incoming)
      const { method, url, headers } = incoming
      const forwarded = request({ socketPath: this.#engine, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        outgoing.flushHeaders()
        answer.pipe(outgoing)
      })
      forwarded.on('error', () => outgoing.destroy())
      outgoing.on('close', () => forwarded.destroy())
      incoming.pipe(forwarded)
    })
    this.#server.on('upgrade', (incoming: IncomingMessage, client: Socket, head: Buffer) => {
      this.#count(incoming)
      const engine = connect(this.#engine)
      const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`]
      for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
        lines.push(`${incoming.rawHeaders[index]}: ${incoming.rawHeaders[index + 1]}`)
      }
      engine.write(`${lines.join('\r\n')}\r\n\r\n`)
      engine.write(head)
      engine.pipe(client).pipe(engine)
      for (const socket of [engine, client]) {
        socket.on('error', () => {
          engine.destroy()
          client.destroy()
        })
      }
    })
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.socketPath, resolve))
  }

  /** How often each call has passed, by method and path without ids, the most frequent first. */
  counts(): readonly (readonly [call: string, count: number])[] {
    return [...this.#counts].toSorted(([, left], [, right]) => right - left)
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #count({ method, url = '' }: IncomingMessage): void {
    const path = new URL(url, 'http://engine').pathname
      .replace(/^\/v[\d.]+/, '')
      .replace(/^\/(containers|exec|networks|volumes)\/(?!create\b|json\b|prune\b)[^/]+/, '/$1/…')
      .replace(/^\/images\/(?!create\b|json\b)(.+)\/(json|push|tag)$/, '/images/…/$2')
    const call = `${method} ${path}`
    this.#counts.set(call, (this.#counts.get(call) ?? 0) + 1)
  }
}
