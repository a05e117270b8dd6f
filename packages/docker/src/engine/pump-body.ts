import type { ClientRequest } from 'node:http'

// an engine that wants the body says so at once; one that never does (a proxy between) gets it all the same
const patienceInMs = 1_000

/**
 * Sends a body as it comes, at the engine's pace. The headers go first with `Expect: 100-continue`: so a refusal
 * (no such container) arrives before the body is sent, instead of getting lost in a reset connection.
 * Ends early, and lets go of the source, when the engine has answered or the connection is gone.
 */
export async function pumpBody(body: AsyncIterable<Uint8Array>, request: ClientRequest): Promise<void> {
  let answered = false
  request.once('response', () => {
    answered = true
  })
  const iterator = body[Symbol.asyncIterator]()
  request.flushHeaders()
  await invited(request)
  for (;;) {
    if (answered || request.destroyed) {
      await iterator.return?.()
      return
    }
    const { done, value } = await iterator.next()
    if (done) break
    if (value.length > 0 && !request.write(value)) await writable(request)
  }
  request.end()
}

function invited(request: ClientRequest): Promise<void> {
  return firstOf(request, ['continue', 'response', 'close'], patienceInMs)
}

function writable(request: ClientRequest): Promise<void> {
  return firstOf(request, ['drain', 'response', 'close'])
}

function firstOf(request: ClientRequest, events: readonly string[], withinMs?: number): Promise<void> {
  return new Promise((resolve) => {
    if (request.destroyed) {
      resolve()
      return
    }
    const done = () => {
      clearTimeout(timer)
      for (const event of events) request.off(event, done)
      resolve()
    }
    const timer = withinMs === undefined ? undefined : setTimeout(done, withinMs)
    for (const event of events) request.once(event, done)
  })
}
