/** The phases that have a colour of their own; the page's style gives it. */
const COLORED = new Set([
  ...['accept', 'schedule', 'prepare', 'pull', 'create', 'start', 'address', 'connect', 'boot', 'respond'],
  ...['detection', 'run', 'unattributed'],
])

/** The class of a phase's bar. */
export function phaseClass(name: string | undefined): string {
  if (name === undefined) return 'phase-span'
  return COLORED.has(name) ? `phase-${name}` : 'phase-other'
}
