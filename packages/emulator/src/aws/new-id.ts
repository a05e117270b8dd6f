import { randomBytes } from 'node:crypto'

/** So many hexadecimal digits: a task's id has 32, a network interface's 17. */
export function newId(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits)
}
