import type { IncomingMessage } from 'node:http'
import { EngineError } from './engine-error.ts'
import type { EngineRequest } from './engine-request.ts'
import { streamFailure } from './stream-failure.ts'

/** Reads a whole answer as text. @throws EngineError when the connection breaks; the signal's reason */
export function readText(response: IncomingMessage, request: EngineRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    response.on('data', (part: Buffer) => parts.push(part))
    // most answers are one part, which need not be copied
    response.on('end', () =>
      resolve((parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)).toString('utf8')),
    )
    response.on('error', (error) => reject(streamFailure(error, request)))
  })
}

/** Reads a whole answer as JSON. @throws EngineError also when it is none: something else answers there */
export function readJson<Result>(response: IncomingMessage, request: EngineRequest): Promise<Result> {
  return readText(response, request).then((text) => {
    try {
      return JSON.parse(text) as Result
    } catch (cause) {
      const { method, path } = request
      const message = `${method} ${path} was answered with something that is not JSON: is it a container engine?`
      throw new EngineError(message, { method, path, status: response.statusCode, sent: true, cause })
    }
  })
}

/**
 * Reads an answer to its end and drops it. Awaited, its connection is free for the next call; not awaited, that call
 * would open another one.
 *
 * @throws EngineError when the connection breaks; the signal's reason
 */
export function drain(response: IncomingMessage, request: EngineRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    response.on('end', resolve)
    response.on('error', (error) => reject(streamFailure(error, request)))
    response.resume()
  })
}
