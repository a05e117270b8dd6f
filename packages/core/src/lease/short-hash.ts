/** Eight hexadecimal digits that stand for a text. */
export function shortHash(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex').slice(0, 8)
}
