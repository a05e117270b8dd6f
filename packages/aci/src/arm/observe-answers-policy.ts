import { AsyncLocalStorage } from 'node:async_hooks'
import { text } from 'node:stream/consumers'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'

/** One HTTP answer, by this process' monotonic clock. */
export interface ObservedAnswer {
  /** When the request's head was sent. */
  readonly sentAt: number
  /** When the answer's head was received. */
  readonly receivedAt: number
  readonly date: string | undefined
  readonly age: string | undefined
  /** What an emulator calls itself that answers in the service's place. */
  readonly emulator: string | undefined
}

const observers = new AsyncLocalStorage<(answer: ObservedAnswer) => void>()

/** Hands every HTTP answer of the work, the SDK's own repetitions included, to an observer. */
export function observingAnswers<T>(
  observer: (answer: ObservedAnswer) => void,
  work: () => Promise<T>,
): Promise<T> {
  return observers.run(observer, work)
}

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
    observers.getStore()?.({
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
