import { randomUUID } from 'node:crypto'
import type { RawData, WebSocket } from 'ws'
import type { Execution } from '../backend/backend.ts'
import { type ChannelMessage, decodeMessage, encodeMessage, newMessage, PAYLOAD } from './channel-message.ts'
import type { SessionPromise, Size } from './data-channels.ts'
import { IncomingStream } from './incoming-stream.ts'
import { OutgoingStream } from './outgoing-stream.ts'

const DEFAULT_SIZE: Size = { columns: 80, rows: 24 }
const AGENT_VERSION = '3.3.1611.0'

/** Speaks as the agent in a container does: shakes hands, runs the command in a terminal, and tells when it has ended. */
export function serveChannel(
  webSocket: WebSocket,
  { sessionId, open }: Pick<SessionPromise, 'sessionId' | 'open'>,
): void {
  const startedAt = performance.now()
  const send = (frame: Buffer) => webSocket.send(frame)
  const outgoing = new OutgoingStream(send)
  const incoming = new IncomingStream({ send, take })
  let execution: Promise<Execution> | null = null

  webSocket.on('message', (data, isBinary) => {
    const message = isBinary ? decodeMessage(toBuffer(data)) : null
    if (message) receive(message)
  })
  webSocket.once('close', () => {
    outgoing.close()
    void execution?.then((running) => running.close()).catch(() => {})
  })
  outgoing.write(PAYLOAD.handshakeRequest, json(HANDSHAKE_REQUEST))

  function receive(message: ChannelMessage): void {
    switch (message.type) {
      case 'input_stream_data':
        incoming.receive(message)
        break
      case 'acknowledge':
        outgoing.acknowledged(acknowledgedId(message.payload))
        break
      case 'pause_publication':
      case 'start_publication':
        outgoing.pause(message.type === 'pause_publication')
        break
    }
  }

  function take({ payloadType, payload }: ChannelMessage): void {
    if (payloadType === PAYLOAD.handshakeResponse && execution === null) {
      const elapsed = Math.round((performance.now() - startedAt) * 1e6)
      outgoing.write(
        PAYLOAD.handshakeComplete,
        json({ HandshakeTimeToComplete: elapsed, CustomerMessage: '' }),
      )
      execution = open(DEFAULT_SIZE)
      execution.then(pipe, (error: unknown) => closeChannel(failureText(error)))
    } else if (payloadType === PAYLOAD.size) {
      const size = sizeOf(payload)
      if (size) void execution?.then((running) => running.resize(size)).catch(() => {})
    } else if (payloadType === PAYLOAD.output) {
      void execution?.then((running) => running.stdin.write(payload)).catch(() => {})
    }
  }

  function pipe(running: Execution): void {
    const outputs = [running.stdout, running.stderr]
    running.stdin.on('error', () => {})
    for (const output of outputs) {
      output.on('data', (chunk: Buffer) => {
        outgoing.write(PAYLOAD.output, chunk)
        if (outgoing.isFull) output.pause()
      })
    }
    outgoing.whenDrained(() => {
      for (const output of outputs) output.resume()
    })
    const drained = outputs.map(
      (output) => new Promise((resolve) => output.once('end', resolve).once('close', resolve)),
    )
    // No exit code is told: that the command has ended is all.
    void Promise.allSettled([running.exited, ...drained]).then(() => closeChannel(''))
  }

  function closeChannel(output: string): void {
    if (webSocket.readyState !== webSocket.OPEN) return
    const payload = json({
      MessageType: 'channel_closed',
      MessageId: randomUUID(),
      DestinationId: randomUUID(),
      SessionId: sessionId,
      SchemaVersion: 1,
      CreatedDate: new Date().toISOString(),
      Output: output,
    })
    const fields = { type: 'channel_closed', sequence: 0, flags: 3, payloadType: PAYLOAD.none, payload }
    send(encodeMessage(newMessage(fields)))
    webSocket.close(1000)
  }
}

const HANDSHAKE_REQUEST = {
  AgentVersion: AGENT_VERSION,
  RequestedClientActions: [
    {
      ActionType: 'SessionType',
      ActionParameters: { SessionType: 'InteractiveCommands', Properties: {} },
    },
  ],
}

function failureText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `----------ERROR-------\nUnable to start command: Failed to start pty: ${message}\n`
}

function acknowledgedId(payload: Buffer): string {
  const { AcknowledgedMessageId: id } = parse(payload)
  return typeof id === 'string' ? id : ''
}

function sizeOf(payload: Buffer): Size | null {
  const { cols, rows } = parse(payload)
  return typeof cols === 'number' && typeof rows === 'number' ? { columns: cols, rows } : null
}

function parse(payload: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(payload.toString())
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
