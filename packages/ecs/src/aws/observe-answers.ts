import { AsyncLocalStorage } from 'node:async_hooks'
import type { DeserializeMiddleware, Pluggable } from '@smithy/types'
import { isSafe, unsafe } from './check-endpoint.ts'

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

/** Stands right before the wire, so that neither signing nor parsing is within what it times; what is not safe to send goes no further. */
export function observeAnswers<Input extends object, Output extends object>(): Pluggable<Input, Output> {
  const middleware: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
    refuseUnsafe(args.request)
    const sentAt = performance.now()
    const result = await next(args)
    const receivedAt = performance.now()
    const { headers = {} } = result.response as { readonly headers?: Readonly<Record<string, string>> }
    observers.getStore()?.({
      sentAt,
      receivedAt,
      date: headers.date,
      age: headers.age,
      emulator: headers['berth-emulator'],
    })
    return result
  }
  return {
    applyToStack: (stack) =>
      stack.add(middleware, { name: 'berthObserveAnswers', step: 'deserialize', priority: 'low' }),
  }
}

/** Wherever the endpoint came from: options, variables, a profile. */
function refuseUnsafe(request: unknown): void {
  const { protocol = 'https:', hostname = '' } = request as {
    readonly protocol?: string
    readonly hostname?: string
  }
  if (!isSafe(protocol, hostname)) throw new TypeError(unsafe(`${protocol}//${hostname}`))
}
