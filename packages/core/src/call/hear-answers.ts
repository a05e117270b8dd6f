import type { AsyncLocalStorage } from 'node:async_hooks'
import type { CallContext } from '../contract/adapter.ts'

/** One HTTP answer, by this process' monotonic clock. */
export interface HeardAnswer {
  /** When the request's head was sent. */
  readonly sentAt: number
  /** When the answer's head was received. */
  readonly receivedAt: number
  readonly date: string | undefined
  readonly age: string | undefined
  /** What an emulator calls itself that answers in the service's place. */
  readonly emulator: string | undefined
}

/** What some work came to, and the last answer that it was given. */
export interface Heard<T> {
  readonly output: T
  /** Undefined where nobody answered. */
  readonly last: HeardAnswer | undefined
}

/** Made on first use, with the module that it is from. */
let listeners: AsyncLocalStorage<(answer: HeardAnswer) => void> | undefined

/**
 * Does some work of an adapter whose SDK hides the wire, and has every HTTP answer of it, the SDK's own repetitions included, tell the context
 * what time it is on the machine that gave it, and whether that is an emulator's. What stands next to the wire tells them with `tellAnswer`.
 *
 * @param machine the declared clock by which the answers are dated; undefined where they are those of a machine that is not declared
 */
export async function hearAnswers<T>(
  context: CallContext,
  machine: string | undefined,
  work: () => Promise<T>,
): Promise<Heard<T>> {
  let last: HeardAnswer | undefined
  listeners ??= new (process.getBuiltinModule('node:async_hooks').AsyncLocalStorage)()
  const output = await listeners.run((answer) => {
    last = answer
    const { sentAt, receivedAt, date, age, emulator } = answer
    if (machine !== undefined && date !== undefined) context.date({ machine, sentAt, receivedAt, date, age })
    if (emulator !== undefined) context.emulated(emulator)
  }, work)
  return { output, last }
}

/** Tells of one answer whoever hears the answers of the work that it was given to; nobody, where nobody does. */
export function tellAnswer(answer: HeardAnswer): void {
  listeners?.getStore()?.(answer)
}
