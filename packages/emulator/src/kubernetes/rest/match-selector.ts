import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { ResourceType } from '../resource-type.ts'
import { badRequest } from '../status-error.ts'

export type Predicate = (object: KubernetesObject) => boolean

/** What the selectors of a request let through. @throws StatusError */
export function selectorOf(url: URL, type: ResourceType): Predicate {
  const labels = parseLabelSelector(url.searchParams.get('labelSelector') ?? '')
  const fields = parseFieldSelector(url.searchParams.get('fieldSelector') ?? '', type)
  return (object) => labels(object.metadata.labels ?? {}) && fields(object)
}

const SET = /^([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)$/
const EQUAL = /^([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)$/
const THERE = /^(!?)\s*([\w./-]+)$/

/** `a=b,c!=d,e,!f,g in (h,i)` */
function parseLabelSelector(text: string): (labels: Readonly<Record<string, string>>) => boolean {
  const terms = splitTerms(text).map(parseTerm)
  return (labels) => terms.every((term) => term(labels))
}

type Term = (labels: Readonly<Record<string, string>>) => boolean

function parseTerm(text: string): Term {
  const [, setKey = '', operator, values = ''] = SET.exec(text) ?? []
  if (operator !== undefined) {
    const wanted = values.split(',').map((value) => value.trim())
    const isIn: Term = (labels) => setKey in labels && wanted.includes(labels[setKey] ?? '')
    return operator === 'in' ? isIn : (labels) => !isIn(labels)
  }
  const [, key = '', comparison, value = ''] = EQUAL.exec(text) ?? []
  if (comparison !== undefined)
    return comparison === '!=' ? (labels) => labels[key] !== value : (labels) => labels[key] === value
  const [, not, there] = THERE.exec(text) ?? []
  if (there === undefined)
    throw badRequest(`unable to parse requirement: found '${text}', expected: a label's name`)
  return (labels) => there in labels === (not === '')
}

/** At commas that stand in no parentheses. */
function splitTerms(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter((term) => term !== '')
}

function parseFieldSelector(text: string, type: ResourceType): Predicate {
  const terms = splitTerms(text).map((term) => {
    const [, field = '', comparison, value = ''] = /^([\w.]+)(==|=|!=)(.*)$/.exec(term) ?? []
    if (comparison === undefined) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`)
    return { field, wanted: comparison !== '!=', value }
  })
  return (object) =>
    terms.every(({ field, wanted, value }) => (fieldOf(object, field, type) === value) === wanted)
}

function fieldOf(object: KubernetesObject, field: string, type: ResourceType): string {
  if (field === 'metadata.name') return object.metadata.name
  if (field === 'metadata.namespace' && type.namespaced) return object.metadata.namespace ?? ''
  const value = type.fields?.(object)[field]
  if (value === undefined) throw badRequest(`field label not supported: ${field}`)
  return value
}
