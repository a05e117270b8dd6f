import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage, PAYLOAD } from './agent-message.ts'

const MESSAGE = {
  type: 'input_stream_data',
  sequence: 7,
  flags: 0,
  id: '01234567-89ab-4cde-8f01-23456789abcd',
  payloadType: PAYLOAD.output,
  payload: Buffer.from('echo hello\n'),
} as const

describe('a message of a session', () => {
  it('is laid out as the protocol says', () => {
    const frame = encodeMessage(MESSAGE)
    expect(frame.length).toBe(120 + MESSAGE.payload.length)
    expect(frame.readUInt32BE(0)).toBe(116)
    expect(frame.toString('latin1', 4, 36)).toBe('input_stream_data'.padEnd(32, ' '))
    expect(frame.readUInt32BE(36)).toBe(1)
    expect(Math.abs(Number(frame.readBigUInt64BE(40)) - Date.now())).toBeLessThan(5_000)
    expect(frame.readBigInt64BE(48)).toBe(7n)
    expect(frame.toString('hex', 64, 80)).toBe('8f0123456789abcd0123456789ab4cde')
    expect(frame.subarray(80, 112)).toEqual(createHash('sha256').update('echo hello\n').digest())
    expect(frame.readUInt32BE(112)).toBe(1)
    expect(frame.readUInt32BE(116)).toBe(11)
    expect(frame.toString('utf8', 120)).toBe('echo hello\n')
  })

  it('is read back as it was', () => {
    const { payload, ...rest } = decodeMessage(encodeMessage(MESSAGE))
    expect(rest).toEqual({ ...MESSAGE, payload: undefined, ...rest })
    expect(Buffer.from(payload).toString()).toBe('echo hello\n')
  })

  it('is refused where it is cut short', () => {
    const frame = encodeMessage(MESSAGE)
    expect(() => decodeMessage(frame.subarray(0, 60))).toThrow(RangeError)
    expect(() => decodeMessage(frame.subarray(0, 125))).toThrow(RangeError)
  })
})
