import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** A refusal in the words of Kubernetes. */
export interface Refusal {
  readonly code: number
  readonly reason: string
  readonly message: string
}

export const UNAUTHORIZED: Refusal = { code: 401, reason: 'Unauthorized', message: 'Unauthorized' }

export function refuse(response: ServerResponse, refusal: Refusal, description: string): void {
  const body = statusBody(refusal)
  response.writeHead(refusal.code, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'berth-emulator': description,
  })
  response.end(body)
}

export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const body = statusBody(refusal)
  socket.end(
    `HTTP/1.1 ${refusal.code} ${refusal.reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function statusBody({ code, reason, message }: Refusal): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  })
}
