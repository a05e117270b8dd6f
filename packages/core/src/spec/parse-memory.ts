import { showValue } from './show-value.ts'

const UNITS = { K: 1e3, M: 1e6, G: 1e9, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 } as const
/** No container lives in less; who writes 512 means megabytes. */
const LEAST = UNITS.Mi
const MOST = 2 ** 50

/** Whole bytes of an amount of memory, rounded up. Throws RangeError, with the nearest valid amount, for what is none. */
export function parseMemory(memory: unknown): number {
  const bytes = Math.ceil(typeof memory === 'number' ? memory : bytesOfText(memory))
  if (Number.isNaN(bytes) || typeof memory === 'bigint') {
    throw new RangeError(
      `${showValue(memory)} is no amount of memory; write bytes (536870912) or a number with its unit Ki, Mi, Gi, K, M or G ('512Mi')${meantAmount(memory)}`,
    )
  }
  if (bytes < LEAST) {
    const meant = typeof memory === 'number' && memory >= 1 ? `; did you mean '${Math.round(memory)}Mi'?` : ''
    throw new RangeError(
      `${showValue(memory)} is less than the least, '1Mi' (a bare number counts bytes)${meant}`,
    )
  }
  if (bytes > MOST) throw new RangeError(`${showValue(memory)} is more than the most, '1048576Gi'`)
  return bytes
}

function bytesOfText(memory: unknown): number {
  const match = typeof memory === 'string' ? /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|K|M|G)$/.exec(memory) : null
  return match === null ? Number.NaN : Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]
}

/** The amount that a near miss stood for: `512mb`, `1 GiB`, `2g`. */
function meantAmount(memory: unknown): string {
  const match = typeof memory === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*([kmg])(i?)b?\s*$/i.exec(memory) : null
  if (match === null) return ''
  return `; did you mean '${match[1]}${match[2]?.toUpperCase()}${match[3] === '' ? '' : 'i'}'?`
}
