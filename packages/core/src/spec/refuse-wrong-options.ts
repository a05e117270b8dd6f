import { BerthError } from '../errors/berth-error.ts'

/** What one of an adapter's own options must be: in words that end a sentence, as a test, and whether its keys name containers of the run. */
export type OptionForm = readonly [
  form: string,
  fits: (value: unknown) => boolean,
  keys?: 'containers' | undefined,
]

/**
 * Refuses options under `options.<adapter>` that the adapter does not have, or in a form that its cloud would not take. For its `validate`.
 *
 * @param containers the names of the run's containers
 * @throws BerthError `invalid-spec`
 */
export function refuseWrongOptions(
  adapter: string,
  native: unknown,
  forms: Readonly<Record<string, OptionForm>>,
  containers: readonly string[],
): void {
  for (const [name, value] of Object.entries((native ?? {}) as object)) {
    if (value === undefined) continue
    const option = `options.${adapter}.${name}`
    const [form, fits, keys] = (Object.hasOwn(forms, name) ? forms[name] : undefined) ?? []
    if (fits === undefined)
      throw invalid(`${option}: there is no such option, but ${Object.keys(forms).join(', ')}`)
    if (!fits(value)) throw invalid(`${option} must be ${form}`)
    const unknown = keys && Object.keys(value).find((key) => !containers.includes(key))
    if (unknown !== undefined)
      throw invalid(`${option}.${unknown}: the run has no such container, but ${containers.join(', ')}`)
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
