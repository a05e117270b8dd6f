/**
 * A text that Kubernetes leaves as it is. In variables, commands and arguments it takes `$(NAME)` for a reference and `$$` for one dollar, which
 * no other cloud does: a shell's own `$$` would become another word.
 */
export function escapeReferences(text: string): string {
  return text.replaceAll('$', '$$$$')
}
