const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
}

/** `500m` is 0.5; 0 for what is no quantity, which the cluster refuses. */
export function readQuantity(quantity: string | undefined): number {
  const [, digits = '0', suffix = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(String(quantity ?? '')) ?? []
  return Number(digits) * (SUFFIXES[suffix] ?? 1)
}
