import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Execution } from '../backend/backend.ts'
import { serveChannel } from './serve-channel.ts'

export interface Size {
  readonly columns: number
  readonly rows: number
}

export interface SessionPromise {
  readonly sessionId: string
  /** Of the endpoint that was asked: the channel is on it too. */
  readonly origin: string
  /** Begins what the session is about, once a client is there. */
  readonly open: (size: Size) => Promise<Execution>
}

/** A session as ECS tells it. */
export interface PromisedSession {
  readonly sessionId: string
  readonly streamUrl: string
  readonly tokenValue: string
}

interface Promised extends SessionPromise {
  readonly token: string
  readonly expiresAt: number
}

const PATH = '/v1/data-channel/'
/** A token is good for as long as it takes to connect. */
const GOOD_FOR_MS = 300_000

/** The data channels of Session Manager: a websocket each, which its token opens once. */
export class DataChannels {
  readonly #promised = new Map<string, Promised>()
  readonly #server = new WebSocketServer({ noServer: true })

  promise(session: SessionPromise): PromisedSession {
    const token = randomBytes(48).toString('base64')
    this.#promised.set(session.sessionId, { ...session, token, expiresAt: Date.now() + GOOD_FOR_MS })
    const { sessionId, origin } = session
    const streamUrl = `${origin.replace(/^http/, 'ws')}${PATH}${sessionId}?role=publish_subscribe`
    return { sessionId, streamUrl, tokenValue: token }
  }

  /** False: there is no such channel at that path. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer, url: URL): boolean {
    if (!url.pathname.startsWith(PATH)) return false
    const promised = this.#promised.get(url.pathname.slice(PATH.length))
    if (!promised || promised.expiresAt < Date.now()) return false
    this.#server.handleUpgrade(message, socket, head, (webSocket) => this.#accept(webSocket, promised))
    return true
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate()
    this.#server.close()
  }

  /** The first message must carry the token; then it is used up. */
  #accept(webSocket: WebSocket, { token, sessionId, open }: Promised): void {
    webSocket.on('error', () => webSocket.terminate())
    webSocket.once('message', (data, isBinary) => {
      if (isBinary || tokenOf(String(data)) !== token) {
        webSocket.close(1008, 'the token is not that of this session')
        return
      }
      this.#promised.delete(sessionId)
      serveChannel(webSocket, { sessionId, open })
    })
  }
}

function tokenOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { TokenValue?: unknown }).TokenValue
  } catch {
    return undefined
  }
}
