import { BerthError } from '@berth/core'

/** How long an abort waits for the answer of a request that makes something before it calls the outcome unknown. */
const LONGEST_WAIT_IN_MS = 10_000

/**
 * The answer of a request that makes something. An abort does not cut it, for then nobody would know what was made; it is awaited
 * for a while, and the signal's reason thrown once it is there.
 *
 * @throws BerthError with `outcomeUnknown` where no answer comes; the signal's reason; what the request threw
 */
export async function awaitAnswer<T>(
  what: string,
  signal: AbortSignal,
  request: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const answer = request()
  const silence = Promise.withResolvers<never>()
  let timer: NodeJS.Timeout | undefined
  const onAbort = () => {
    timer = setTimeout(() => silence.reject(silent(what)), LONGEST_WAIT_IN_MS)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const result = await Promise.race([answer, silence.promise])
    signal.throwIfAborted()
    return result
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

function silent(what: string): BerthError {
  return new BerthError({
    code: 'unavailable',
    message: `${what}: the engine has not answered within ${LONGEST_WAIT_IN_MS / 1_000} s of the abort; it may have been done`,
    outcomeUnknown: true,
  })
}
