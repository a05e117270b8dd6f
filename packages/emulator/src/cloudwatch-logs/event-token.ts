import { invalidParameter } from './logs-errors.ts'

/** Where a page of a stream begins: at the event of that index, going on or back. */
export interface EventToken {
  readonly direction: 'f' | 'b'
  readonly index: number
  /** Whether an empty page was given for it already. */
  readonly hasBeenEmpty?: boolean | undefined
}

const DIGITS = 55

/** `f/000…042`: a letter and 56 digits, as the service's. */
export function writeToken({ direction, index, hasBeenEmpty = false }: EventToken): string {
  return `${direction}/${String(index).padStart(DIGITS, '0')}${hasBeenEmpty ? 1 : 0}`
}

/** @throws AwsError */
export function readToken(token: string): EventToken {
  const [, direction, index = '', flag] = /^([fb])\/(\d{55})([01])$/.exec(token) ?? []
  if (direction !== 'f' && direction !== 'b') throw invalidParameter('The specified nextToken is invalid.')
  return { direction, index: Number(index), hasBeenEmpty: flag === '1' }
}
