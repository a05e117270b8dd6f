const MASK = '[secret]'
/** Shorter texts would mask half of every message; they are still kept out of JSON and inspect by their type. */
const SHORTEST = 4
/** So many values are remembered, the newest and those that are in use: a server that starts runs for years must not grow with each. */
const MOST = 50_000

const values = new Set<string>()
/**
 * Every form under which a known secret could stand in a text, and of how many values it is one. One pattern of them all would be built
 * anew with every new secret, which takes a second once there are thousands.
 */
const forms = new Map<string, number>()
/** Of the forms that begin with these characters, how many there are of each length. */
const lengthsByStart = new Map<string, Map<number, number>>()

/** From now on `redact` masks this value: an error can name it long after its run is gone. */
export function keepOutOfText(value: string): void {
  if (value.length < SHORTEST) return
  const isNew = !values.delete(value)
  values.add(value)
  if (!isNew) return
  for (const form of formsOf(value)) {
    const lengths = lengthsByStart.get(startOf(form)) ?? new Map<number, number>()
    lengthsByStart.set(startOf(form), lengths)
    if (count(forms, form, 1) === 1) count(lengths, form.length, 1)
  }
  const oldest = values.keys().next().value
  if (values.size > MOST && oldest !== undefined) forget(oldest)
}

/** The text with every known secret masked, in whichever of its forms it stands; the longest where one begins with another. */
export function redact(text: string): string {
  if (values.size === 0) return text
  let redacted = ''
  let from = 0
  for (let at = 0; at <= text.length - SHORTEST; at += 1) {
    const lengths = lengthsByStart.get(text.slice(at, at + SHORTEST))
    if (lengths === undefined) continue
    const fitting = [...lengths.keys()].filter((length) => forms.has(text.slice(at, at + length)))
    if (fitting.length === 0) continue
    redacted += text.slice(from, at) + MASK
    from = at + Math.max(...fitting)
    at = from - 1
  }
  return from === 0 ? text : redacted + text.slice(from)
}

/** As it is, in JSON, in a URL, in base64. */
function formsOf(value: string): Set<string> {
  const base64 = Buffer.from(value, 'utf8').toString('base64')
  return new Set([
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(value, 'utf8').toString('base64url'),
  ])
}

function startOf(form: string): string {
  return form.slice(0, SHORTEST)
}

function forget(value: string): void {
  values.delete(value)
  for (const form of formsOf(value)) {
    const lengths = lengthsByStart.get(startOf(form))
    if (lengths === undefined || count(forms, form, -1) > 0) continue
    count(lengths, form.length, -1)
    if (lengths.size === 0) lengthsByStart.delete(startOf(form))
  }
}

/** Counts up or down, forgets what is at 0, and gives the new count. */
function count<K>(counts: Map<K, number>, key: K, by: 1 | -1): number {
  const next = (counts.get(key) ?? 0) + by
  if (next > 0) counts.set(key, next)
  else counts.delete(key)
  return next
}
