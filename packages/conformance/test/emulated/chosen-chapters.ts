import type { ChapterName } from '../../src/index.ts'

/** These chapters; with BERTH_CONFORMANCE=whole all, or those that it names: `BERTH_CONFORMANCE=finding,leases`. */
export function chosenChapters(usual: readonly ChapterName[]): readonly ChapterName[] | undefined {
  const chosen = process.env.BERTH_CONFORMANCE
  if (chosen === undefined) return usual
  return chosen === 'whole' ? undefined : (chosen.split(',') as ChapterName[])
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

/** Those that are left to child processes: where there is an engine, the suite on it holds its own chapters, and more strictly. */
export function notHeldOnEngine(usual: readonly ChapterName[]): readonly ChapterName[] {
  if (process.env.LAB_DOCKER === undefined) return usual
  return usual.filter((name) => !OF_THE_BACKEND.includes(name))
}
