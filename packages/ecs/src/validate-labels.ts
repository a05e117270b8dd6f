import { BerthError } from '@berth/core'

/** A task has 50 tags, seven of which tell whose it is and who may reach it. */
const MOST_LABELS = 43
const LONGEST_KEY = 128
const LONGEST_VALUE = 256
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Refuses labels that do not fit among a task's tags. */
export function validateLabels(labels: Readonly<Record<string, string>>): void {
  const entries = Object.entries(labels)
  if (entries.length > MOST_LABELS) {
    throw invalid(`labels: ${entries.length} are more than the ${MOST_LABELS} that fit among a task's tags`)
  }
  for (const [key, value] of entries) {
    if (key.toLowerCase().startsWith('aws:'))
      throw invalid(`labels.${key}: names that begin with aws: are AWS' own; choose another`)
    if (key.length > LONGEST_KEY)
      throw invalid(
        `labels: a key of ${key.length} characters is longer than the ${LONGEST_KEY} of a tag's name`,
      )
    if (value.length > LONGEST_VALUE)
      throw invalid(
        `labels.${key}: ${value.length} characters are more than the ${LONGEST_VALUE} of a tag's value`,
      )
    const wrong = [key, value].find((text) => !ALLOWED.test(text))
    if (wrong !== undefined)
      throw invalid(
        `labels.${key}: a tag holds letters, digits, spaces and + - = . _ : / @ only; write '${replaced(wrong)}'`,
      )
  }
}

function replaced(text: string): string {
  return [...text].map((character) => (ALLOWED.test(character) ? character : '_')).join('')
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
