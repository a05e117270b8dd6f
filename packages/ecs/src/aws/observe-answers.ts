import { tellAnswer } from '@berth/core'
import type { DeserializeMiddleware, Pluggable } from '@smithy/types'
import { isSafe, unsafe } from './check-endpoint.ts'

/** Stands right before the wire, so that neither signing nor parsing is within what it times; what is not safe to send goes no further. */
export function observeAnswers<Input extends object, Output extends object>(): Pluggable<Input, Output> {
  const middleware: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
    refuseUnsafe(args.request)
    const sentAt = performance.now()
    const result = await next(args)
    const receivedAt = performance.now()
    const { headers = {} } = result.response as { readonly headers?: Readonly<Record<string, string>> }
    tellAnswer({
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
