const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
}

/** A quantity as a number, for the API writes each in its own shortest way: `500m` is 0.5; undefined for what is none. */
export function amountOf(quantity: string | undefined): number | undefined {
  const match = /^([\d.]+)([a-zA-Z]*)$/.exec(quantity ?? '')
  return match === null ? undefined : Number(match[1]) * (SUFFIXES[match[2] ?? ''] ?? 1)
}
