import { expect, it } from 'vitest'
import { MessageOrder } from './message-order.ts'

const message = (sequence: number) => ({
  type: 'output_stream_data',
  sequence,
  flags: 0,
  id: '01234567-89ab-4cde-8f01-23456789abcd',
  payloadType: 1,
  payload: new Uint8Array(),
})

it('gives each message once and in order, whichever way they come', () => {
  const order = new MessageOrder()
  const given = [1, 0, 0, 3, 1, 2, 5, 4].flatMap((sequence) =>
    order.take(message(sequence)).map((each) => each.sequence),
  )
  expect(given).toEqual([0, 1, 2, 3, 4, 5])
})
