import type { Duplex } from 'node:stream'
import { NEVER_ABORTED } from '@berth/core'
import type { ClusterClient } from './cluster-client.ts'
import { readText } from './read-text.ts'
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts'

/** A connection to the node that nobody uses is kept for the next so long. */
const IDLE_LIMIT_IN_MS = 5_000

/** Connections to ports of one pod, all by way of one connection to its node. */
export class PortForwarder {
  readonly #client: ClusterClient
  readonly #path: string
  #connection: Promise<SpdyConnection> | undefined
  #requests = 0
  #open = 0
  #idle: NodeJS.Timeout | undefined

  /** @param path of the pod's `portforward` */
  constructor(client: ClusterClient, path: string) {
    this.#client = client
    this.#path = path
  }

  /** A byte stream to a port. It breaks, with the node's words, where nobody listens there. */
  async connect(port: number): Promise<Duplex> {
    this.#hold()
    try {
      const connection = await this.#connected()
      this.#requests += 1
      const headers = { port: String(port), requestid: String(this.#requests) }
      const failure = connection.open({ ...headers, streamtype: 'error' })
      failure.end()
      const data = connection.open({ ...headers, streamtype: 'data' })
      data.once('close', () => {
        failure.destroy()
        this.#release()
      })
      breakWith(failure, data)
      await Promise.all([failure.opened, data.opened])
      return data
    } catch (error) {
      this.#release()
      throw error
    }
  }

  close(): void {
    clearTimeout(this.#idle)
    this.#connection?.then((connection) => connection.destroy()).catch(() => {})
    this.#connection = undefined
  }

  #connected(): Promise<SpdyConnection> {
    this.#connection ??= this.#dial().catch((error: unknown) => {
      this.#connection = undefined
      throw error
    })
    return this.#connection
  }

  async #dial(): Promise<SpdyConnection> {
    const upgraded = await this.#client.upgrade({
      method: 'POST',
      path: this.#path,
      accept: '*/*',
      headers: {
        connection: 'Upgrade',
        upgrade: 'SPDY/3.1',
        'x-stream-protocol-version': 'portforward.k8s.io',
      },
      signal: NEVER_ABORTED,
    })
    upgraded.socket.once('close', () => {
      this.#connection = undefined
    })
    return new SpdyConnection(upgraded)
  }

  #hold(): void {
    clearTimeout(this.#idle)
    this.#open += 1
  }

  #release(): void {
    this.#open -= 1
    if (this.#open > 0) return
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.close(), IDLE_LIMIT_IN_MS)
    this.#idle.unref()
  }
}

/** What the node says of a connection that it could not make ends it. */
function breakWith(failure: SpdyStream, data: SpdyStream): void {
  readText(failure).then(
    (text) => text !== '' && data.destroy(new Error(text.trim())),
    () => {},
  )
}
