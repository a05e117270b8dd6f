/** The names that a word which is none of them may have been meant for: those that contain it, or begin with the same two letters. */
export function nearNames(word: string, names: readonly string[]): readonly string[] {
  const text = word.toLowerCase()
  return names.filter(
    (name) => name.includes(text) || text.includes(name) || name.slice(0, 2) === text.slice(0, 2),
  )
}
