import { BerthError, type CallContext } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'

/**
 * Does something once for a key, for all who ask: whoever asks meanwhile or later has the same answer, and after a failure it is done anew. One
 * caller's abort ends that caller's wait; those who shared it go on by themselves.
 */
export async function shared<K, T>(
  known: Map<K, Promise<T>>,
  key: K,
  { signal }: Pick<CallContext, 'signal'>,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const other = known.get(key)
    if (other === undefined) break
    try {
      return await other
    } catch (error) {
      if (AwsError.isInstance(error) || BerthError.isInstance(error)) throw error
      signal.throwIfAborted()
    }
  }
  const own = work()
  known.set(key, own)
  try {
    return await own
  } catch (error) {
    if (known.get(key) === own) known.delete(key)
    throw error
  }
}
