/** A command line as words, by the quoting rules of a POSIX shell and nothing else of one: the agent starts no shell. */
export function splitWords(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let quote: '"' | "'" | null = null
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? ''
    if (quote === null && /\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else if (quote === null && (character === '"' || character === "'")) {
      quote = character
      word ??= ''
    } else if (character === quote) {
      quote = null
    } else if (character === '\\' && quote !== "'" && isEscape(quote, line[index + 1])) {
      index += 1
      word = (word ?? '') + (line[index] ?? '')
    } else {
      word = (word ?? '') + character
    }
  }
  if (word !== null) words.push(word)
  return words
}

/** Between double quotes a backslash stands for itself, save before what has a meaning there. */
function isEscape(quote: string | null, next: string | undefined): boolean {
  return next !== undefined && (quote === null || '"\\$`'.includes(next))
}
