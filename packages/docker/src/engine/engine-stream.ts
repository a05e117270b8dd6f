import type { IncomingMessage } from 'node:http'
import type { EngineRequest } from './engine-request.ts'
import { streamFailure } from './stream-failure.ts'

/**
 * Items that the engine sends as they come. Iterate it once; leaving the loop, {@link close} or the call's signal
 * ends the connection. Not read, it holds the engine back once the buffers are full.
 */
export interface EngineStream<Item> extends AsyncIterableIterator<Item, undefined>, AsyncDisposable {
  /** Ends the connection now; an iteration under way is then done, without an error. */
  close(): void
}

/**
 * Makes a stream of a response's body.
 *
 * @throws (while iterating) the signal's reason; EngineError when the connection breaks or the engine reports an error
 */
export function streamResponse<Item>(
  response: IncomingMessage,
  request: EngineRequest,
  decode: (body: IncomingMessage) => AsyncIterator<Item, unknown>,
): EngineStream<Item> {
  // an abort before the first item is asked for must not become an uncaught exception; the iteration reports it
  response.on('error', () => {})
  const items = decode(response)
  const done = { done: true, value: undefined } as const
  let closed = false
  const close = () => {
    closed = true
    response.destroy()
  }
  return {
    async next() {
      if (closed) return done
      try {
        const result = await items.next()
        return result.done ? done : result
      } catch (error) {
        if (closed) return done
        throw streamFailure(error, request)
      }
    },
    async return() {
      close()
      return done
    },
    close,
    async [Symbol.asyncDispose]() {
      close()
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
