import { createHash, randomUUID } from 'node:crypto'

/** What a frame of a data channel is about. */
export const PAYLOAD = {
  none: 0,
  output: 1,
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
} as const

export interface ChannelMessage {
  /** `output_stream_data`, `input_stream_data`, `acknowledge`, `channel_closed` … */
  readonly type: string
  readonly sequence: number
  /** Bit 0: the first of its stream; bit 1: the last. */
  readonly flags: number
  /** A UUID. */
  readonly id: string
  readonly createdAt: number
  readonly payloadType: number
  readonly payload: Buffer
}

// type 32, schema version 4, created 8, sequence 8, flags 8, id 16, digest 32, payload type 4; before it 4 for its length
const HEADER_LENGTH = 116
const AT = {
  type: 4,
  schemaVersion: 36,
  created: 40,
  sequence: 48,
  flags: 56,
  id: 64,
  digest: 80,
  payloadType: 112,
  payloadLength: 116,
  payload: 120,
}

/** A frame as the agent of Session Manager writes it. */
export function encodeMessage(message: ChannelMessage): Buffer {
  const frame = Buffer.alloc(AT.payload + message.payload.length)
  frame.writeUInt32BE(HEADER_LENGTH, 0)
  frame.fill(' ', AT.type, AT.schemaVersion)
  frame.write(message.type, AT.type, 'latin1')
  frame.writeUInt32BE(1, AT.schemaVersion)
  frame.writeBigUInt64BE(BigInt(Math.floor(message.createdAt)), AT.created)
  frame.writeBigInt64BE(BigInt(message.sequence), AT.sequence)
  frame.writeBigUInt64BE(BigInt(message.flags), AT.flags)
  swapHalves(Buffer.from(message.id.replaceAll('-', ''), 'hex')).copy(frame, AT.id)
  createHash('sha256').update(message.payload).digest().copy(frame, AT.digest)
  frame.writeUInt32BE(message.payloadType, AT.payloadType)
  frame.writeUInt32BE(message.payload.length, AT.payloadLength)
  message.payload.copy(frame, AT.payload)
  return frame
}

/** Null: it is no frame, or not whole. */
export function decodeMessage(frame: Buffer): ChannelMessage | null {
  if (frame.length < AT.payload || frame.readUInt32BE(0) !== HEADER_LENGTH) return null
  const length = frame.readUInt32BE(AT.payloadLength)
  const payload = frame.subarray(AT.payload)
  const digest = createHash('sha256').update(payload).digest()
  if (payload.length !== length || !digest.equals(frame.subarray(AT.digest, AT.payloadType))) return null
  return {
    // Clients fill what is left of the name with zeros or spaces.
    type: frame.toString('latin1', AT.type, AT.schemaVersion).replace(/[\0 ]+$/, ''),
    sequence: Number(frame.readBigInt64BE(AT.sequence)),
    flags: Number(frame.readBigUInt64BE(AT.flags)),
    id: toUuid(swapHalves(frame.subarray(AT.id, AT.digest))),
    createdAt: Number(frame.readBigUInt64BE(AT.created)),
    payloadType: frame.readUInt32BE(AT.payloadType),
    payload,
  }
}

export function newMessage(message: Omit<ChannelMessage, 'id' | 'createdAt'>): ChannelMessage {
  return { ...message, id: randomUUID(), createdAt: Date.now() }
}

/** UUIDs travel with their lower eight bytes first. */
function swapHalves(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(8), bytes.subarray(0, 8)])
}

function toUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
