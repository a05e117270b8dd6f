import type { AnyProvider } from '@berth/core'

/** The default export of `berth.config.ts`: providers by the names that `--on` takes, in the order in which they are preferred. */
export type BerthConfig = Readonly<Record<string, AnyProvider>>
