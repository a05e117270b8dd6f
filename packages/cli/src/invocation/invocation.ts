import type { Output } from '../output/output.ts'
import type { ProviderSet } from '../providers/provider-set.ts'
import type { Interruption } from './interruption.ts'

/** What one call of the command line works with. */
export interface Invocation {
  readonly output: Output
  readonly interruption: Interruption
  readonly providers: ProviderSet
}

/** One command's work; resolves with the exit code. */
export type Work = (invocation: Invocation) => Promise<number>
