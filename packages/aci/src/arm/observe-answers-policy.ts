import { text } from 'node:stream/consumers'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import { tellAnswer } from '@berth/core'

/** Every status: the answer's head is then handed over before its body. */
const EVERY_STATUS: ReadonlySet<number> = new Set([Number.POSITIVE_INFINITY])

/** Goes last in the pipeline, so that neither a token nor a repetition is within what it times. */
export const observeAnswersPolicy: PipelinePolicy = {
  name: 'berthObserveAnswers',
  async sendRequest(request, next) {
    request.streamResponseStatusCodes = new Set(EVERY_STATUS)
    const sentAt = performance.now()
    const response = await next(request)
    const receivedAt = performance.now()
    delete request.streamResponseStatusCodes
    tellAnswer({
      sentAt,
      receivedAt,
      date: response.headers.get('date'),
      age: response.headers.get('age'),
      emulator: response.headers.get('berth-emulator'),
    })
    const { readableStreamBody: body, ...rest } = response
    return body === undefined ? response : { ...rest, bodyAsText: await text(body as AsyncIterable<Buffer>) }
  },
}
