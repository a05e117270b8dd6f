/** One page of a list, and the token that asks for the next. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextToken?: string | undefined
}

/** Tokens name the last item of a page, so that what comes and goes in between neither doubles nor hides others. */
export function paginate<Item>(
  all: readonly Item[],
  {
    pageSize,
    token,
    keyOf,
    refuse,
    fit = (rest) => rest,
  }: {
    readonly pageSize: number
    /** How many of what is left fit into one page for another reason. Default: all. */
    readonly fit?: (rest: readonly Item[]) => readonly Item[]
    readonly token: string | undefined
    /** Ascending in the order of `all`. */
    readonly keyOf: (item: Item) => string
    /** The service's error for a token that it never gave. */
    readonly refuse: () => Error
  },
): Page<Item> {
  const after = token === undefined ? undefined : decode(token, refuse)
  const rest = after === undefined ? all : all.filter((item) => keyOf(item) > after)
  const items = fit(rest.slice(0, pageSize))
  const last = items.at(-1)
  return {
    items,
    ...(rest.length > items.length && last !== undefined && { nextToken: encode(keyOf(last)) }),
  }
}

const MARK = 'berth-emulator:'

function encode(key: string): string {
  return Buffer.from(`${MARK}${key}`).toString('base64url')
}

function decode(token: string, refuse: () => Error): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (!text.startsWith(MARK)) throw refuse()
  return text.slice(MARK.length)
}
