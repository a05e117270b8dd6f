import { UsageError } from '../invocation/usage-error.ts'

/**
 * The words of a command as a shell would part them: at blanks, with '…' and "…" and \ kept together. Nothing is expanded.
 * Throws UsageError for a quote without its end.
 */
export function splitWords(text: string): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '\\' && quote !== "'" && index + 1 < text.length) {
      word = (word ?? '') + text.charAt(++index)
    } else if (quote !== '') {
      if (character === quote) quote = ''
      else word = (word ?? '') + character
    } else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = (word ?? '') + character
    }
  }
  if (quote !== '') throw new UsageError(`${text}: the quote ${quote} has no end`)
  if (word !== undefined) words.push(word)
  return words
}
