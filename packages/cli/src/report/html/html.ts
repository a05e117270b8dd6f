import { plainText } from '../plain-text.ts'

/** Text that is HTML already. Only `html` makes it, so that nothing else can pass unescaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

type Part = Html | string | number | false | undefined | readonly Part[]

/** A template of HTML. Every text put into it is escaped, HTML stays as it is, lists are joined; `false` and undefined are nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + rendered(parts[index])).join(''))
}

/** Text of ours that must stand verbatim, in a style or a script. It must hold nothing from outside. */
export function verbatim(text: string): Html {
  return new Html(text)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function rendered(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(rendered).join('')
  return plainText(String(part)).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')
}
