import { BerthError } from '@berth/core'
import type { KubernetesFlavour } from './kubernetes-flavour.ts'

const NAME = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/
const PREFIX = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/
const LONGEST = 63

/** Refuses labels that no object of a cluster can carry, with the nearest that it can. Throws `invalid-spec`. */
export function validateLabels(
  labels: Readonly<Record<string, string>>,
  { name: adapter }: Pick<KubernetesFlavour, 'name'>,
): void {
  for (const [key, value] of Object.entries(labels)) {
    const [name = '', prefix, ...rest] = key.split('/').reverse()
    if (!NAME.test(name) || rest.length > 0 || (prefix !== undefined && !PREFIX.test(prefix))) {
      throw invalid(
        `labels: '${key}' is no key of a Kubernetes label; write up to ${LONGEST} letters, digits, '-', '_' and '.', after a domain and '/' if you like${meant(name)}`,
      )
    }
    if (value !== '' && !NAME.test(value)) {
      throw invalid(
        `labels.${key}: '${value}' is no value of a Kubernetes label; write up to ${LONGEST} letters, digits, '-', '_' and '.'${meant(value)}, or put it into options.${adapter}.annotations, which take any text`,
      )
    }
  }
}

function meant(text: string): string {
  const near = text
    .replace(/[^-A-Za-z0-9_.]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^[-_.]+|[-_.]+$/g, '')
  return near === '' ? '' : `; did you mean '${near}'?`
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
