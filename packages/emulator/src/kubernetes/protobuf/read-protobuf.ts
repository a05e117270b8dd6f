import { type FieldSchema, MESSAGES, type MessageSchema } from './message-schemas.ts'

/** Begins every object that is sent so. */
const MAGIC = Buffer.from('k8s\0')
const [VARINT, FIXED_64, DELIMITED, FIXED_32] = [0, 1, 2, 5] as const

const ENVELOPE: MessageSchema = {
  1: {
    name: 'typeMeta',
    type: { 1: { name: 'apiVersion', type: 'string' }, 2: { name: 'kind', type: 'string' } },
  },
  2: { name: 'raw', type: 'bytes' },
}

interface Envelope {
  readonly typeMeta?: { readonly apiVersion?: string; readonly kind?: string }
  readonly raw?: string
}

/** An object that was sent as Protobuf, as its JSON would be. Null for what is no such object, or one of a kind that is only taken as JSON. */
export function readProtobuf(body: Buffer): object | null {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) return null
  const { typeMeta = {}, raw = '' } = readMessage(body.subarray(MAGIC.length), ENVELOPE) as Envelope
  const schema = MESSAGES[typeMeta.kind ?? '']
  return schema ? { ...typeMeta, ...readMessage(Buffer.from(raw, 'base64'), schema) } : null
}

/** Fields that the schema does not have are left out. */
function readMessage(bytes: Buffer, schema: MessageSchema): Record<string, unknown> {
  const message: Record<string, unknown> = {}
  let position = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes.readUInt8(position)
      position += 1
      value += (byte & 0x7f) * shift
      if (byte < 0x80) return value
    }
  }
  while (position < bytes.length) {
    const key = varint()
    const [number, wire] = [Math.floor(key / 8), key % 8]
    const field = schema[number]
    if (wire === DELIMITED) {
      const length = varint()
      const content = bytes.subarray(position, position + length)
      position += length
      if (field) put(message, field, content)
    } else if (wire === VARINT) {
      const value = varint()
      if (field?.type === 'boolean') message[field.name] = value !== 0
    } else if (wire === FIXED_64) position += 8
    else if (wire === FIXED_32) position += 4
    else throw new RangeError(`a field of wire type ${wire} is none of Protobuf's third version`)
  }
  return message
}

function put(message: Record<string, unknown>, field: FieldSchema, content: Buffer): void {
  const { name, isMap, isList } = field
  if (isMap) {
    const entry: MessageSchema = {
      1: { name: 'key', type: 'string' },
      2: { name: 'value', type: field.type },
    }
    const { key = '', value = '' } = readMessage(content, entry) as { key?: string; value?: unknown }
    message[name] = { ...(message[name] as object | undefined), [key]: value }
  } else if (isList)
    message[name] = [...((message[name] as unknown[] | undefined) ?? []), readValue(field, content)]
  else message[name] = readValue(field, content)
}

/** Bytes are told in base64, as in JSON. */
function readValue({ type }: FieldSchema, content: Buffer): unknown {
  if (type === 'string') return content.toString('utf8')
  if (type === 'bytes') return content.toString('base64')
  return typeof type === 'object' ? readMessage(content, type) : undefined
}
