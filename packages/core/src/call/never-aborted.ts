/**
 * The signal of a call that nobody can abort. Listening on it costs nothing: it would else hold a list of all calls under way, which every
 * further one is compared with. Nor does asking it.
 */
export const NEVER_ABORTED: AbortSignal = Object.defineProperties(new AbortController().signal, {
  aborted: { value: false },
  throwIfAborted: { value: () => {} },
  addEventListener: { value: () => {} },
  removeEventListener: { value: () => {} },
})
