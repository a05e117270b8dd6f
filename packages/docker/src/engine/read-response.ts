import type { IncomingMessage } from 'node:http'
import { EngineError } from './engine-error.ts'
import type { EngineRequest } from './engine-request.ts'
import { streamFailure } from './stream-failure.ts'

/** Reads a whole answer as text. @throws EngineError when the connection breaks; the signal's reason */
export function readText(response: IncomingMessage, request: EngineRequest): Promise<string> {
  return readWhole(response, request, (text) => text)
}

/** Reads a whole answer as JSON. @throws EngineError also when it is none: something else answers there */
export function readJson<Result>(response: IncomingMessage, request: EngineRequest): Promise<Result> {
  return readWhole(response, request, (text) => {
    try {
      return JSON.parse(text) as Result
    } catch (cause) {
      const { method, path } = request
      const message = `${method} ${path} was answered with something that is not JSON: is it a container engine?`
      throw new EngineError(message, { method, path, status: response.statusCode, sent: true, cause })
    }
  })
}

function readWhole<Result>(
  response: IncomingMessage,
  request: EngineRequest,
  read: (text: string) => Result,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    response.on('data', (part: Buffer) => parts.push(part))
    response.on('end', () => {
      const [first] = parts
      // most answers are one part, which need not be copied
      const bytes = first !== undefined && parts.length === 1 ? first : Buffer.concat(parts)
      try {
        resolve(read(bytes.toString('utf8')))
      } catch (error) {
        reject(error)
      }
    })
    response.on('error', (error) => reject(streamFailure(error, request)))
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
