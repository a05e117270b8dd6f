import type { Duration } from './duration.ts'

/**
 * How long a run lives. Whatever is chosen, the run carries it in its tags from the creating call on, so that `sweep()` can tell,
 * from any machine, what nobody needs any more.
 *
 * - `'scope'` (the default): gone with its handle (`await using`, `remove()`) or with the process that holds it. The process renews
 *   the lease in the background while it lives; after a crash, `sweep()` removes the run once the lease has passed.
 * - `{ lease }`: lives while someone, anywhere, calls `run.renew()` at least this often. Its handle's disposal leaves it alone.
 * - `{ maxLifetime }`: ends after this time for sure, counted from `run()`. Where the cloud can end it by itself it is told to
 *   (capability `maxLifetime: 'native'`); elsewhere the owning process or the next `sweep()` ends it.
 * - `'keep'`: until somebody removes it. Never swept.
 */
export type Lifetime = 'scope' | { readonly lease: Duration } | { readonly maxLifetime: Duration } | 'keep'
