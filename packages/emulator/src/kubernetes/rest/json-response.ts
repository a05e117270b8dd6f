import type { WireResponse } from '../../server/wire-message.ts'

export function jsonResponse(status: number, body: object): WireResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' },
    body: `${JSON.stringify(body)}\n`,
  }
}
