import type { EngineRequest } from './engine-request.ts'
import type { EngineTransport } from './engine-transport.ts'
import { drain, readJson } from './read-response.ts'

/** Reads JSON of something that may not exist: null where the engine answers 404. */
export async function getOrNull<Result>(
  transport: EngineTransport,
  request: EngineRequest,
): Promise<Result | null> {
  const response = await transport.send({ ...request, accept: [404] })
  if (response.statusCode === 404) {
    await drain(response, request)
    return null
  }
  return readJson<Result>(response, request)
}
