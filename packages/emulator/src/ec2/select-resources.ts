import { paginate } from '../aws/paginate.ts'
import { ec2Error } from './ec2-errors.ts'
import type { Tagged } from './network.ts'

export interface Filter {
  readonly Name?: string
  readonly Value?: readonly string[]
}

export interface Selection<Item> {
  /** Absent: all. */
  readonly ids?: readonly string[] | undefined
  readonly idOf: (item: Item) => string
  readonly notFound: (id: string) => Error
  readonly filters?: readonly Filter[] | undefined
  /** The values by which a filter of that name compares. */
  readonly valuesOf: Readonly<Record<string, (item: Item) => readonly (string | undefined)[]>>
  readonly maxResults?: string | undefined
  readonly nextToken?: string | undefined
}

/** An id that is not there fails the whole call; a filter that nothing fits only leaves out. */
export function selectResources<Item extends Tagged>(
  all: readonly Item[],
  selection: Selection<Item>,
): { readonly items: readonly Item[]; readonly nextToken?: string | undefined } {
  const { ids, idOf, notFound, filters = [], valuesOf, maxResults, nextToken } = selection
  const missing = ids?.find((id) => !all.some((item) => idOf(item) === id))
  if (missing !== undefined) throw notFound(missing)
  const tests = filters.map((filter) => testOf(filter, valuesOf))
  const fitting = all
    .filter((item) => (ids?.includes(idOf(item)) ?? true) && tests.every((fits) => fits(item)))
    .sort((left, right) => (idOf(left) < idOf(right) ? -1 : 1))
  return paginate(fitting, {
    pageSize: pageSize(maxResults),
    token: nextToken,
    keyOf: idOf,
    refuse: () => ec2Error('InvalidNextToken', 'The token is not valid.'),
  })
}

function testOf<Item extends Tagged>(
  { Name: name = '', Value: wanted = [] }: Filter,
  valuesOf: Selection<Item>['valuesOf'],
): (item: Item) => boolean {
  const patterns = wanted.map(patternOf)
  const fits = (values: readonly (string | undefined)[]) =>
    values.some((value) => value !== undefined && patterns.some((pattern) => pattern.test(value)))
  if (name.startsWith('tag:')) return ({ tags }) => fits([tags.get(name.slice(4))])
  if (name === 'tag-key') return ({ tags }) => fits([...tags.keys()])
  const read = valuesOf[name]
  if (!read) throw ec2Error('InvalidParameterValue', `The filter '${name}' is invalid`)
  return (item) => fits(read(item))
}

/** `*` stands for any text, `?` for any character. */
function patternOf(text: string): RegExp {
  const escaped = text.replace(/[\\^$.+()[\]{}|]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`)
}

function pageSize(asked: string | undefined): number {
  if (asked === undefined) return 1_000
  const size = Number(asked)
  if (Number.isInteger(size) && size >= 5 && size <= 1_000) return size
  throw ec2Error(
    'InvalidParameterValue',
    `Value ( ${asked} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`,
  )
}
