import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Execution } from '../backend/backend.ts'
import { pipeExecution } from './pipe-execution.ts'

/** A stream that was promised: who connects with the password is joined to it. */
interface Promised {
  readonly kind: 'exec' | 'attach'
  readonly password: string
  readonly open: () => Promise<Execution>
}

/** How long a promise is kept, and how long the first frame may take. Real milliseconds. */
const PATIENCE_IN_MS = 60_000

/** The websockets of exec and attach. Exec is told the password as its first frame, attach by the Authorization header. */
export class StreamSessions {
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #promised = new Map<string, Promised>()
  readonly #open = new Set<WebSocket>()

  /** Answers what a client connects with: once, within a minute. */
  promise(
    kind: Promised['kind'],
    url: URL,
    query: Readonly<Record<string, string>>,
    open: Promised['open'],
  ): { readonly webSocketUri: string; readonly password: string } {
    const id = randomUUID()
    const password = `${randomBytes(18).toString('base64')}[[EOM]]`
    this.#promised.set(id, { kind, password, open })
    setTimeout(() => this.#promised.delete(id), PATIENCE_IN_MS).unref()
    const scheme = url.protocol === 'https:' ? 'wss' : 'ws'
    const search = new URLSearchParams(query).toString()
    return { webSocketUri: `${scheme}://${url.host}/${kind}stream/sessionId/${id}?${search}`, password }
  }

  /** Takes a connection over; false where nothing was promised at its path. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer, url: URL): boolean {
    const [, kind, id = ''] = /^\/(exec|attach)stream\/sessionId\/([\w-]+)$/.exec(url.pathname) ?? []
    const promised = this.#promised.get(id)
    if (!promised || promised.kind !== kind) return false
    if (kind === 'attach' && !isPassword(message.headers.authorization ?? '', promised.password)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return true
    }
    this.#promised.delete(id)
    this.#server.handleUpgrade(message, socket, head, (webSocket) => {
      this.#open.add(webSocket)
      webSocket.once('close', () => this.#open.delete(webSocket))
      webSocket.on('error', () => webSocket.terminate())
      if (kind === 'attach') void join(webSocket, promised)
      else awaitPassword(webSocket, promised)
    })
    return true
  }

  close(): void {
    this.#promised.clear()
    for (const webSocket of this.#open) webSocket.terminate()
  }
}

function awaitPassword(webSocket: WebSocket, promised: Promised): void {
  const patience = setTimeout(() => webSocket.close(1008, 'no password'), PATIENCE_IN_MS)
  webSocket.once('close', () => clearTimeout(patience))
  webSocket.once('message', (data: Buffer) => {
    clearTimeout(patience)
    if (isPassword(data.toString(), promised.password)) void join(webSocket, promised)
    else webSocket.close(1008, 'wrong password')
  })
}

async function join(webSocket: WebSocket, { open }: Promised): Promise<void> {
  // Frames that come while the process is being started belong to it.
  const early: RawData[] = []
  const keep = (frame: RawData) => early.push(frame)
  webSocket.on('message', keep)
  try {
    const execution = await open()
    webSocket.off('message', keep)
    // The client may be gone by now; nobody else ends what was started for it.
    if (webSocket.readyState !== webSocket.OPEN) return await execution.close()
    pipeExecution(webSocket, execution, early)
  } catch (error) {
    // What cannot be started is told in the terminal, as the runtime's own words are.
    webSocket.send(Buffer.from(`${error instanceof Error ? error.message : String(error)}\r\n`))
    webSocket.close(1000)
  }
}

function isPassword(given: string, password: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(password)]
  return left.length === right.length && timingSafeEqual(left, right)
}
