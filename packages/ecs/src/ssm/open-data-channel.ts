import { untilOpen } from '@berth/core'
import { AwsError } from '../aws/aws-error.ts'
import { isSafe } from '../aws/check-endpoint.ts'
import { DataChannel } from './data-channel.ts'

export interface DataChannelTarget {
  readonly streamUrl: string
  /** Lets in whoever has it. */
  readonly tokenValue: string
  readonly signal: AbortSignal
}

const LIMIT_IN_MS = 30_000
const CLIENT_VERSION = '1.2.0.0'

/** Opens the byte streams of a session that the service has given an address for. */
export async function openDataChannel({
  streamUrl,
  tokenValue,
  signal,
}: DataChannelTarget): Promise<DataChannel> {
  const url = URL.canParse(streamUrl) ? new URL(streamUrl) : undefined
  if (url === undefined || !isSafe(url.protocol, url.hostname))
    throw failed('the service points to an address for the session that is not safe')
  const { WebSocket } = await import('ws')
  signal.throwIfAborted()
  const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: LIMIT_IN_MS })
  // Told to whoever reads or waits; it must not end the process where nobody does yet, or no more.
  socket.on('error', () => {})
  try {
    await untilOpen(socket, signal)
  } catch (error) {
    signal.throwIfAborted()
    throw failed(
      `the connection to the session failed: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  const channel = new DataChannel(socket)
  channel.on('error', () => {})
  socket.send(
    JSON.stringify({
      MessageSchemaVersion: '1.0',
      RequestId: globalThis.crypto.randomUUID(),
      TokenValue: tokenValue,
      ClientId: globalThis.crypto.randomUUID(),
      ClientVersion: CLIENT_VERSION,
    }),
  )
  return channel
}

function failed(message: string): AwsError {
  return new AwsError({ operation: 'ExecuteCommand', name: 'SessionFailed', message })
}
