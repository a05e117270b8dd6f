import type { CallContext } from '../contract/adapter.ts'
import type { CheckItem } from '../contract/check-report.ts'

/**
 * One finding of an adapter's `check`: looks at one thing, and what goes wrong on the way is the finding.
 *
 * @param mapError the adapter's own; its message ends with what to do
 * @throws the reason of the context's signal
 */
export async function looked(
  { signal }: CallContext,
  name: string,
  mapError: (error: unknown) => unknown,
  look: () => Promise<Omit<CheckItem, 'name'>>,
): Promise<CheckItem> {
  try {
    return { name, ...(await look()) }
  } catch (error) {
    signal.throwIfAborted()
    const mapped = mapError(error)
    const text = mapped instanceof Error ? mapped.message : String(mapped)
    const mend = text.split(': ').at(-1) ?? text
    return { name, status: 'failed', detail: text, mend }
  }
}
