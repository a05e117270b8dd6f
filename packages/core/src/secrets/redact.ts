const MASK = '[secret]'
/** Shorter texts would mask half of every message; they are still kept out of JSON and inspect by their type. */
const SHORTEST = 4

/** Every form under which a known secret could stand in a text: as it is, in JSON, in a URL, in base64. */
const forms = new Map<string, readonly string[]>()
let pattern: RegExp | undefined

/** From now on `redact` masks this value, for the life of the process: an error can name it long after its run is gone. */
export function keepOutOfText(value: string): void {
  if (value.length < SHORTEST || forms.has(value)) return
  const base64 = Buffer.from(value, 'utf8').toString('base64')
  forms.set(value, [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(value, 'utf8').toString('base64url'),
  ])
  pattern = undefined
}

/** The text with every known secret masked, in whichever of its forms it stands. */
export function redact(text: string): string {
  if (forms.size === 0) return text
  pattern ??= new RegExp(
    [...new Set([...forms.values()].flat())]
      .sort((a, b) => b.length - a.length)
      .map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
      .join('|'),
    'g',
  )
  return text.replace(pattern, MASK)
}
