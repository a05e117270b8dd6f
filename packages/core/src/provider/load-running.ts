type Running = typeof import('./running.ts')

let running: Promise<Running> | undefined

/**
 * What plans, starts, finds and times runs: most of core, loaded with the first run. A program that offers it among other things is ready
 * the sooner.
 */
export function loadRunning(): Promise<Running> {
  running ??= import('./running.ts')
  return running
}
