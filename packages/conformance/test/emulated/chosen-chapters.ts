import type { ChapterName } from '../../src/index.ts'

/** These chapters, or with BERTH_CONFORMANCE=whole all. */
export function chosenChapters(usual: readonly ChapterName[]): readonly ChapterName[] | undefined {
  return process.env.BERTH_CONFORMANCE === 'whole' ? undefined : usual
}

/** What depends on where containers run; the rest of the contract is the same on child processes, and held there. */
export const OF_THE_BACKEND: readonly ChapterName[] = [
  'lifecycle',
  'logs',
  'exec',
  'sessions',
  'environment',
  'files',
  'volumes',
  'groups',
  'endings',
]
