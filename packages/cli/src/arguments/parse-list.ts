/** The words of an option that may be repeated and may hold several, parted by commas. */
export function parseList(values: readonly string[]): readonly string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
