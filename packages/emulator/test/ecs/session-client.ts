import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import WebSocket from 'ws'

/** What was received as one frame, read by the protocol's description alone. */
interface Frame {
  readonly type: string
  readonly sequence: number
  readonly id: string
  readonly payloadType: number
  readonly payload: Buffer
}

/** As much of Session Manager's plugin as it takes to run a command: written from the protocol's description, not from the emulator's code. */
export interface SessionClient {
  /** Everything that the command has written so far. */
  readonly output: () => string
  /** The frames in their order, those that came twice as well. */
  readonly frames: readonly Frame[]
  type(text: string): void
  resize(columns: number, rows: number): void
  /** Sends what is typed next before what was typed last. */
  swapNext(): void
  /** Resolves with the close code once the session has ended. */
  readonly closed: Promise<number>
  close(): void
}

export async function openSession(
  { streamUrl = '', tokenValue = '' }: { streamUrl?: string | undefined; tokenValue?: string | undefined },
  { acknowledges = true }: { acknowledges?: boolean } = {},
): Promise<SessionClient> {
  const socket = new WebSocket(streamUrl)
  const frames: Frame[] = []
  const seen = new Set<number>()
  let output = ''
  let sequence = 0
  let held: Buffer | null = null
  let swaps = false
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  const send = (payloadType: number, payload: string | object) => {
    const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
    const frame = encode('input_stream_data', sequence++, payloadType, bytes)
    if (swaps && held === null) {
      held = frame
      return
    }
    socket.send(frame)
    if (held) socket.send(held)
    held = null
    swaps = false
  }
  const handshaken = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = decode(data)
      frames.push(frame)
      if (frame.type !== 'output_stream_data') return
      if (acknowledges) socket.send(encode('acknowledge', 0, 0, acknowledgement(frame)))
      if (seen.has(frame.sequence)) return
      seen.add(frame.sequence)
      if (frame.payloadType === 5) {
        const [action] = JSON.parse(frame.payload.toString()).RequestedClientActions
        const done = { ActionType: action.ActionType, ActionStatus: 1, ActionResult: null, Error: '' }
        send(6, { ClientVersion: '1.2.0.0', ProcessedClientActions: [done], Errors: [] })
      } else if (frame.payloadType === 7) resolve()
      else if (frame.payloadType === 1) output += frame.payload.toString()
    })
  })
  await once(socket, 'open')
  socket.send(
    JSON.stringify({
      MessageSchemaVersion: '1.0',
      RequestId: randomUUID(),
      TokenValue: tokenValue,
      ClientId: randomUUID(),
      ClientVersion: '1.2.0.0',
    }),
  )
  await Promise.race([handshaken, closed])
  return {
    output: () => output,
    frames,
    type: (text) => send(1, text),
    resize: (cols, rows) => send(3, { cols, rows }),
    swapNext() {
      swaps = true
    },
    closed,
    close: () => socket.close(),
  }
}

function acknowledgement({ type, id, sequence }: Frame): Buffer {
  return Buffer.from(
    JSON.stringify({
      AcknowledgedMessageType: type,
      AcknowledgedMessageId: id,
      AcknowledgedMessageSequenceNumber: sequence,
      IsSequentialMessage: true,
    }),
  )
}

function encode(type: string, sequence: number, payloadType: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(120)
  header.writeUInt32BE(116, 0)
  header.write(type.padEnd(32, '\0'), 4, 'latin1')
  header.writeUInt32BE(1, 36)
  header.writeBigUInt64BE(BigInt(Date.now()), 40)
  header.writeBigInt64BE(BigInt(sequence), 48)
  header.writeBigUInt64BE(0n, 56)
  const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex')
  id.copy(header, 64, 8, 16)
  id.copy(header, 72, 0, 8)
  createHash('sha256').update(payload).digest().copy(header, 80)
  header.writeUInt32BE(payloadType, 112)
  header.writeUInt32BE(payload.length, 116)
  return Buffer.concat([header, payload])
}

function decode(data: Buffer): Frame {
  const payload = data.subarray(120)
  const digest = createHash('sha256').update(payload).digest()
  if (data.readUInt32BE(0) !== 116 || !digest.equals(data.subarray(80, 112)))
    throw new Error('this is no frame of a data channel')
  const id = Buffer.concat([data.subarray(72, 80), data.subarray(64, 72)]).toString('hex')
  return {
    type: data.toString('latin1', 4, 36).trimEnd(),
    sequence: Number(data.readBigInt64BE(48)),
    id: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-'),
    payloadType: data.readUInt32BE(112),
    payload,
  }
}
