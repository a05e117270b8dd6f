const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
}
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)?|[eE]([+-]?\d+))$/

/** `500m`, `1Gi`, `1e3`, 2; undefined for what is no quantity. */
export function parseQuantity(text: string | number): number | undefined {
  const [, number, suffix = '', exponent = '0'] = QUANTITY.exec(String(text)) ?? []
  if (number === undefined) return undefined
  return Number(number) * (SUFFIXES[suffix] ?? 1) * 10 ** Number(exponent)
}
