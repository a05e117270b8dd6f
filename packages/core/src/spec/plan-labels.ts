import type { Field } from './field.ts'
import { showValue } from './show-value.ts'

/** The user's labels. Those that begin with `berth-`, in whatever case, are ours. */
export function planLabels(field: Field): Readonly<Record<string, string>> {
  const planned: [string, string][] = []
  for (const [key, label] of field.entries("labels: { team: 'web' }")) {
    if (key.trim() === '') label.refuse('has an empty key; give the label a name')
    else if (key.includes('\0') || !key.isWellFormed())
      label.refuse('has a key that no cloud can carry; write plain text')
    else if (key.toLowerCase().startsWith('berth-')) {
      label.refuse(
        `begins with 'berth-', which is kept for Berth itself; write ${showValue(key.slice('berth-'.length) || 'label')}`,
      )
    }
    const text = label.text('a text')
    if (text !== undefined) planned.push([key, text])
  }
  return Object.fromEntries(planned)
}
