import { createHash } from 'node:crypto'

/** What a message of a session is for. */
type MessageType =
  | 'input_stream_data'
  | 'output_stream_data'
  | 'acknowledge'
  | 'channel_closed'
  | 'start_publication'
  | 'pause_publication'

/** What the payload of a data message holds. */
export const PAYLOAD = {
  output: 1,
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  stderr: 11,
  exitCode: 12,
} as const

/** One message of a session: a binary frame of its websocket. */
export interface AgentMessage {
  readonly type: MessageType | (string & {})
  readonly sequence: number
  readonly flags: number
  /** A UUID. */
  readonly id: string
  readonly payloadType: number
  readonly payload: Uint8Array
}

/** The first and the last of its kind at once: what belongs to no stream. */
export const FLAGS_ALONE = 3

const SCHEMA_VERSION = 1
/** Up to and without the payload's length, which is how the protocol counts. */
const HEADER_LENGTH = 116
const OFFSETS = {
  type: 4,
  schemaVersion: 36,
  createdDate: 40,
  sequence: 48,
  flags: 56,
  id: 64,
  digest: 80,
  payloadType: 112,
  payloadLength: HEADER_LENGTH,
  payload: HEADER_LENGTH + 4,
} as const
const TYPE_LENGTH = 32

/** A message as it goes over the wire. */
export function encodeMessage(message: AgentMessage): Buffer {
  const { type, sequence, flags, id, payloadType, payload } = message
  const frame = Buffer.alloc(OFFSETS.payload + payload.length)
  frame.writeUInt32BE(HEADER_LENGTH, 0)
  frame.write(type.padEnd(TYPE_LENGTH, ' '), OFFSETS.type, 'latin1')
  frame.writeUInt32BE(SCHEMA_VERSION, OFFSETS.schemaVersion)
  frame.writeBigUInt64BE(BigInt(Date.now()), OFFSETS.createdDate)
  frame.writeBigInt64BE(BigInt(sequence), OFFSETS.sequence)
  frame.writeBigUInt64BE(BigInt(flags), OFFSETS.flags)
  swapHalves(Buffer.from(id.replaceAll('-', ''), 'hex')).copy(frame, OFFSETS.id)
  createHash('sha256').update(payload).digest().copy(frame, OFFSETS.digest)
  frame.writeUInt32BE(payloadType, OFFSETS.payloadType)
  frame.writeUInt32BE(payload.length, OFFSETS.payloadLength)
  frame.set(payload, OFFSETS.payload)
  return frame
}

/** A frame as a message. Throws RangeError for what is none. */
export function decodeMessage(frame: Buffer): AgentMessage {
  if (frame.length < OFFSETS.payloadLength) throw new RangeError('the frame is shorter than its header')
  const headerLength = frame.readUInt32BE(0)
  const payloadStart = headerLength + 4
  if (frame.length < payloadStart) throw new RangeError('the frame is shorter than its header says')
  const payloadLength = frame.readUInt32BE(headerLength)
  const payload = frame.subarray(payloadStart, payloadStart + payloadLength)
  if (payload.length !== payloadLength) throw new RangeError('the frame is shorter than its payload')
  return {
    type: readType(frame),
    sequence: Number(frame.readBigInt64BE(OFFSETS.sequence)),
    flags: Number(frame.readBigUInt64BE(OFFSETS.flags)),
    id: writeUuid(swapHalves(frame.subarray(OFFSETS.id, OFFSETS.digest))),
    payloadType: headerLength >= HEADER_LENGTH ? frame.readUInt32BE(OFFSETS.payloadType) : 0,
    payload,
  }
}

/** Filled with spaces, or with zeros. */
function readType(frame: Buffer): string {
  const text = frame.toString('latin1', OFFSETS.type, OFFSETS.schemaVersion)
  return text.replaceAll('\0', ' ').trimEnd()
}

/** The protocol writes the second half of a UUID first. */
function swapHalves(uuid: Buffer): Buffer {
  return Buffer.concat([uuid.subarray(8), uuid.subarray(0, 8)])
}

function writeUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
