import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { realNow } from '../../clock/real-time.ts'
import type { FaultEffect } from '../../fault/fault-rule.ts'
import { findFault } from '../../fault/find-fault.ts'
import type { RequestLog } from '../../server/request-log.ts'
import { authenticate, type Gate } from '../access/authenticate.ts'
import type { KubernetesParts } from '../kubernetes-parts.ts'
import type { PodController } from '../pod/pod-controller.ts'
import { refuseByFault } from '../refuse-by-fault.ts'
import { readTarget, type Target } from '../rest/read-target.ts'
import { badRequest, StatusError } from '../status-error.ts'
import { type FoundSession, findSession } from './find-session.ts'
import { forwardPorts } from './forward-ports.ts'
import { runSession } from './run-session.ts'
import { acceptSpdySession } from './spdy-session.ts'
import { acceptWebSocketSession } from './web-socket-session.ts'

export interface SessionServerParts {
  readonly cluster: KubernetesParts
  readonly pods: PodController
  readonly gate: Gate
  readonly log: RequestLog
}

const SESSIONS: ReadonlySet<string | undefined> = new Set(['exec', 'attach', 'portforward'])
const TUNNEL = 'SPDY/3.1+portforward.k8s.io'

/** Takes over connections for exec, attach and portforward, over SPDY or a WebSocket. */
export class SessionServer {
  readonly #parts: SessionServerParts
  readonly #open = new Set<Duplex>()

  constructor(parts: SessionServerParts) {
    this.#parts = parts
  }

  /** False where the path leads to no session. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer, url: URL): boolean {
    const target = readTarget(message.method ?? 'GET', url)
    if (target === null || !SESSIONS.has(target.subresource)) return false
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    // By either method it is the same right.
    const operation = `create pods/${target.subresource}`
    const { world } = this.#parts.cluster
    const effects = world.faults.draw({ service: 'kubernetes', operation, name: target.name })
    const status = this.#answer(message, socket, head, { url, target, effects })
    this.#parts.log.add({
      at: realNow(),
      endpoint: 'kubernetes',
      method: message.method ?? 'GET',
      path: url.pathname,
      service: 'kubernetes',
      operation,
      status,
      faults: effects.map(({ kind }) => kind),
      durationInMs: 0,
    })
    return true
  }

  close(): void {
    for (const socket of this.#open) socket.destroy()
  }

  #answer(message: IncomingMessage, socket: Duplex, head: Buffer, asked: Asked): number | undefined {
    const { effects, target, url } = asked
    if (findFault(effects, 'reset') || findFault(effects, 'lost-request')) {
      socket.destroy()
      return undefined
    }
    try {
      authenticate(message.headers, this.#parts.gate)
      refuseByFault(effects)
      const session = findSession(target, url, this.#parts)
      this.#cutLater(effects, socket)
      const upgrade = String(message.headers.upgrade ?? '').toLowerCase()
      if (upgrade === 'websocket') this.#overWebSocket(message, socket, head, session)
      else if (upgrade === 'spdy/3.1') this.#overSpdy(message, socket, head, session)
      else throw badRequest(`unable to upgrade: the protocol ${upgrade} is not known`)
      return 101
    } catch (error) {
      const refusal =
        error instanceof StatusError ? error : new StatusError(500, 'InternalError', (error as Error).message)
      refuse(socket, refusal, this.#parts.cluster)
      return refusal.code
    }
  }

  #cutLater(effects: readonly FaultEffect[], socket: Duplex): void {
    const cut = findFault(effects, 'cut')
    if (!cut) return
    const { time } = this.#parts.cluster.world
    const timer = setTimeout(() => socket.destroy(), time.toReal(cut.afterInMs))
    socket.once('close', () => clearTimeout(timer))
  }

  #overWebSocket(message: IncomingMessage, socket: Duplex, head: Buffer, session: FoundSession): void {
    const asked = String(message.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map((protocol) => protocol.trim())
    const protocol = this.#protocolsOf(session).find((one) => asked.includes(one))
    if (protocol === undefined)
      throw new StatusError(
        403,
        'Forbidden',
        `unable to upgrade: no protocol of ${asked.join(', ')} is known`,
      )
    const server = new WebSocketServer({ noServer: true, handleProtocols: () => protocol })
    server.handleUpgrade(message, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      if (session.kind === 'portforward')
        forwardPorts(createWebSocketStream(webSocket), Buffer.alloc(0), session.sandbox, session.podName)
      else void runSession(acceptWebSocketSession(webSocket, session.options), session.open, session.command)
    })
  }

  #protocolsOf({ kind }: FoundSession): readonly string[] {
    const { webSockets, minorVersion } = this.#parts.cluster.dialect
    if (kind === 'portforward') return minorVersion >= 30 ? [TUNNEL] : []
    return webSockets === 'v5' ? ['v5.channel.k8s.io', 'v4.channel.k8s.io'] : ['v4.channel.k8s.io']
  }

  #overSpdy(message: IncomingMessage, socket: Duplex, head: Buffer, session: FoundSession): void {
    const offered = [message.headers['x-stream-protocol-version'] ?? []]
      .flat()
      .flatMap((line) => line.split(','))
    const known = session.kind === 'portforward' ? 'portforward.k8s.io' : 'v4.channel.k8s.io'
    if (!offered.some((one) => one.trim() === known))
      throw new StatusError(
        403,
        'Forbidden',
        `unable to upgrade: no protocol of ${offered.join(', ')} is known`,
      )
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${known}\r\n\r\n`,
    )
    if (session.kind === 'portforward') forwardPorts(socket, head, session.sandbox, session.podName)
    else
      acceptSpdySession(socket, head, session.options).then(
        (streams) => runSession(streams, session.open, session.command),
        () => {}, // the client is gone
      )
  }
}

interface Asked {
  readonly url: URL
  readonly target: Target
  readonly effects: readonly FaultEffect[]
}

function refuse(socket: Duplex, refusal: StatusError, { world }: KubernetesParts): void {
  const body = `${JSON.stringify(refusal.toStatus())}\n`
  const retryAfter = refusal.details?.retryAfterSeconds
  socket.end(
    [
      `HTTP/1.1 ${refusal.code} ${refusal.reason}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `Date: ${new Date(world.clocks.frontEnd.read()).toUTCString()}`,
      ...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`]),
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
