import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { EmulatedTime } from '../clock/emulated-time.ts'
import type { MachineClock } from '../clock/machine-clock.ts'
import { realNow } from '../clock/real-time.ts'
import { applyFaults, type Silence } from '../fault/apply-faults.ts'
import type { FaultPlan } from '../fault/fault-plan.ts'
import type { FaultEffect } from '../fault/fault-rule.ts'
import { findFault } from '../fault/find-fault.ts'
import { isLoopbackHost } from './check-host.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { BodyTooLarge, readRequest } from './read-request.ts'
import type { RequestLog } from './request-log.ts'
import type { WireRequest, WireResponse } from './wire-message.ts'

export interface HandlerParts {
  readonly endpoint: Endpoint
  readonly faults: FaultPlan
  readonly log: RequestLog
  readonly time: EmulatedTime
  /** Ends when the emulator closes: what that breaks off is not answered. */
  readonly closing: AbortSignal
  /** What every answer says of the emulator, so that nobody takes it for the real service. */
  readonly description: string
  /** The front end's: it writes the `Date` header. */
  readonly clock: MachineClock
}

/** From the socket to the operation and back. */
export async function handleRequest(
  message: IncomingMessage,
  response: ServerResponse,
  scheme: 'http' | 'https',
  parts: HandlerParts,
): Promise<void> {
  if (!isLoopbackHost(message.headers.host)) {
    send(
      response,
      { status: 421, body: 'This is an emulator on loopback: ask it by 127.0.0.1 or localhost.\n' },
      parts,
    )
    return
  }
  let request: WireRequest
  try {
    request = await readRequest(message, response, scheme)
  } catch (error) {
    if (error instanceof BodyTooLarge) send(response, { status: 413 }, parts)
    else message.destroy()
    return
  }
  const at = realNow()
  const { outcome, call, effects } = await answer(request, parts)
  const status = 'status' in outcome ? outcome.status : undefined
  parts.log.add({
    at,
    endpoint: parts.endpoint.name,
    method: request.method,
    path: loggedPath(request.url),
    service: call?.subject.service,
    operation: call?.subject.operation,
    status,
    faults: effects.map(({ kind }) => kind),
    durationInMs: realNow() - at,
  })
  if ('silence' in outcome) fallSilent(message, outcome)
  else if (outcome.stream) await sendStream(response, outcome.stream, outcome, { parts, request, effects })
  else send(response, outcome, parts, request.method)
}

interface Answered {
  readonly outcome: WireResponse | Silence
  readonly call?: Call
  readonly effects: readonly FaultEffect[]
}

async function answer(
  request: WireRequest,
  { endpoint, faults, time, closing }: HandlerParts,
): Promise<Answered> {
  let call: Call | undefined
  let effects: readonly FaultEffect[] = []
  try {
    call = endpoint.understand(request)
    effects = faults.draw(call.subject)
    const outcome = await applyFaults(call, effects, { time, signal: request.signal })
    return { outcome: 'silence' in outcome ? outcome : endpoint.complete(outcome, request), call, effects }
  } catch (error) {
    // What the client's going, or the emulator's end, has broken off is no mistake of anybody's.
    if (request.signal.aborted || closing.aborted)
      return { outcome: { silence: 'close' }, ...(call && { call }), effects }
    const outcome = endpoint.complete(endpoint.toResponse(error, request), request)
    return { outcome, ...(call && { call }), effects }
  }
}

function send(
  response: ServerResponse,
  { status, headers = {}, body }: WireResponse,
  { clock, description }: HandlerParts,
  method = 'GET',
): void {
  response.sendDate = false
  response.writeHead(status, {
    Date: new Date(clock.read()).toUTCString(),
    'berth-emulator': description,
    'Content-Length': body === undefined ? 0 : Buffer.byteLength(body),
    ...headers,
  })
  response.end(method === 'HEAD' ? undefined : body)
}

interface SendParts {
  readonly parts: HandlerParts
  readonly request: WireRequest
  readonly effects: readonly FaultEffect[]
}

/** Sends what comes; a connection that is cut within is no answer at its end. */
async function sendStream(
  response: ServerResponse,
  stream: AsyncIterable<string | Uint8Array>,
  { status, headers = {} }: WireResponse,
  { parts, request, effects }: SendParts,
): Promise<void> {
  const { clock, description, closing, time } = parts
  const cut = findFault(effects, 'cut')
  const ends = [
    request.signal,
    closing,
    ...(cut ? [AbortSignal.timeout(Math.max(1, time.toReal(cut.afterInMs)))] : []),
  ]
  const signal = AbortSignal.any(ends)
  response.sendDate = false
  response.writeHead(status, {
    Date: new Date(clock.read()).toUTCString(),
    'berth-emulator': description,
    ...headers,
  })
  response.flushHeaders()
  try {
    await pipeline(stream, response, { signal })
  } catch (error) {
    if (!signal.aborted) console.error('berth emulator:', error)
    response.destroy()
  }
}

function fallSilent(message: IncomingMessage, { silence }: Silence): void {
  // Node resets plain connections only; one by TLS that ends without a farewell is a reset to clients as well.
  if (silence === 'reset' && !('encrypted' in message.socket)) message.socket.resetAndDestroy()
  else if (silence !== 'hang') message.socket.destroy()
  // And to hang is to do nothing: the client, or the emulator's own end, closes the connection.
}

function loggedPath(url: URL): string {
  const version = url.searchParams.get('api-version')
  return version === null ? url.pathname : `${url.pathname}?api-version=${version}`
}
