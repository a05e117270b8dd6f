import type { CallContext, CheckItem } from '@berth/core'
import { mapEcsError } from './map-ecs-error.ts'

/** Looks at one thing; what goes wrong on the way is its finding. */
export async function looked(
  { signal }: CallContext,
  name: string,
  look: () => Promise<Omit<CheckItem, 'name'>>,
): Promise<CheckItem> {
  try {
    return { name, ...(await look()) }
  } catch (error) {
    signal.throwIfAborted()
    const mapped = mapEcsError(error)
    const text = mapped instanceof Error ? mapped.message : String(mapped)
    // The message ends with what to do.
    const mend = text.split(': ').at(-1) ?? text
    return { name, status: 'failed', detail: text, mend }
  }
}
