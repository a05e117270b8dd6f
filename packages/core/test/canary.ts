import { inspect } from 'node:util'
import { findCanary, newCanary } from '../../../scripts/canary.mjs'

/** A secret for starts of tests. The check of the whole repository gives one, and looks for it in all that was printed and left. */
export const canary = process.env.BERTH_CANARY ?? newCanary()

/** Where the canary shows in what values show of themselves: `<name> as <form>: <the line, masked>`. */
export function leaksIn(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    findCanary(showing(value), canary).map(({ form, text }) => `${name} as ${form}: ${text}`),
  )
}

/** All that programs and people get to see of a value: `console.log`, with and without what it hides; JSON; text; an error's stack. */
function showing(value: unknown): string {
  const everything = { depth: 12, maxArrayLength: null, maxStringLength: null } as const
  return [
    inspect(value, everything),
    inspect(value, { ...everything, getters: true, showHidden: true }),
    inspect(value, { ...everything, customInspect: false }),
    JSON.stringify(value),
    String(value),
    ...(value instanceof Error ? [value.message, value.stack] : []),
  ].join('\n')
}
