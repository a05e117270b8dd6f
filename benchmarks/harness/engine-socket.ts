import { Agent, request } from 'node:http'
import type { Readable } from 'node:stream'

/** The engine's answer, read whole. */
export interface SocketAnswer {
  readonly status: number
  readonly text: string
}

/** The Engine API over its unix socket with nothing in between: the floor, and the harness' own hand. */
export class EngineSocket {
  readonly #agent = new Agent({ keepAlive: true })
  readonly #socketPath: string

  constructor(socketPath = engineSocketPath()) {
    this.#socketPath = socketPath
  }

  /** @throws Error for any status from 400 on, with what the engine says */
  async send(method: string, path: string, body?: object | Readable): Promise<SocketAnswer> {
    const answer = await this.#exchange(method, path, body)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.trim()}`)
    return answer
  }

  async json<Result>(method: string, path: string, body?: object | Readable): Promise<Result> {
    return JSON.parse((await this.send(method, path, body)).text) as Result
  }

  close(): void {
    this.#agent.destroy()
  }

  #exchange(method: string, path: string, body?: object | Readable): Promise<SocketAnswer> {
    return new Promise((resolve, reject) => {
      const stream = body && 'pipe' in body ? (body as Readable) : undefined
      const text = body && !stream ? JSON.stringify(body) : undefined
      // a push demands the header, even where there is nothing to say
      const headers: Record<string, string | number> = path.includes('/push')
        ? { 'x-registry-auth': 'e30=' }
        : {}
      if (text !== undefined) {
        headers['content-type'] = 'application/json'
        headers['content-length'] = Buffer.byteLength(text)
      }
      const outgoing = request(
        { socketPath: this.#socketPath, agent: this.#agent, method, path, headers },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('latin1') }),
          )
        },
      )
      outgoing.on('error', reject)
      if (stream) stream.pipe(outgoing)
      else outgoing.end(text)
    })
  }
}

/** The socket that DOCKER_HOST names, else the usual one. */
export function engineSocketPath(): string {
  const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock'
  if (!host.startsWith('unix://'))
    throw new Error(`the benchmarks need an engine on a unix socket; DOCKER_HOST is ${host}`)
  return host.slice('unix://'.length)
}
