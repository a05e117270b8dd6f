import { styleText } from 'node:util'

type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim'

/** Styles a text for stderr, or stdout; plain where that is no terminal, or NO_COLOR asks for none. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stderr): string {
  return styleText(style, text, { stream })
}
