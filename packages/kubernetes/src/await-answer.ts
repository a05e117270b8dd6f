import { BerthError } from '@berth/core'

/** How long an abort waits for the answer of a request that makes something before it calls the outcome unknown. */
const LONGEST_WAIT_IN_MS = 10_000

/**
 * The answer of a request that makes something. An abort does not cut it, for then nobody would know what was made; it is awaited
 * for a while, and the signal's reason thrown once it is there.
 *
 * @throws BerthError with `outcomeUnknown` where no answer comes; the signal's reason; what the request threw
 */
export function awaitAnswer<T>(what: string, signal: AbortSignal, request: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    let timer: NodeJS.Timeout | undefined
    const onAbort = () => {
      timer = setTimeout(() => reject(silent(what)), LONGEST_WAIT_IN_MS)
    }
    const settle = (outcome: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      outcome()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    request().then(
      (result) => settle(() => (signal.aborted ? reject(signal.reason) : resolve(result))),
      (error: unknown) => settle(() => reject(error)),
    )
  })
}

function silent(what: string): BerthError {
  return new BerthError({
    code: 'unavailable',
    message: `${what}: the cluster has not answered within ${LONGEST_WAIT_IN_MS / 1_000} s of the abort; it may have been done`,
    outcomeUnknown: true,
  })
}
