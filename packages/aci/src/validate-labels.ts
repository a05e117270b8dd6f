import { BerthError, type GroupPlan } from '@berth/core'

const FORBIDDEN = /[<>%&\\?/]/
const LONGEST_KEY = 512
const LONGEST_VALUE = 256
/** The service takes 50 tags, of which seven are ours. */
const MOST_LABELS = 43

/** Refuses labels that cannot be tags of a resource, which they become. */
export function validateLabels(labels: GroupPlan['labels']): void {
  const entries = Object.entries(labels)
  if (entries.length > MOST_LABELS) {
    throw invalid(
      `labels: ${entries.length} are more than the ${MOST_LABELS} that fit among a resource's tags`,
    )
  }
  const seen = new Map<string, string>()
  for (const [key, value] of entries) {
    if (FORBIDDEN.test(key)) {
      throw invalid(
        `labels.${key}: a tag's name cannot hold < > % & \\ ? /; write '${key.replace(new RegExp(FORBIDDEN, 'g'), '.')}'`,
      )
    }
    if (key.length > LONGEST_KEY)
      throw invalid(
        `labels: a key of ${key.length} characters is longer than the ${LONGEST_KEY} of a tag's name`,
      )
    if (value.length > LONGEST_VALUE) {
      throw invalid(
        `labels.${key}: ${value.length} characters are more than the ${LONGEST_VALUE} of a tag's value`,
      )
    }
    const other = seen.get(key.toLowerCase())
    if (other !== undefined) {
      throw invalid(`labels: '${other}' and '${key}' are one tag, for tags know no case; rename one of them`)
    }
    seen.set(key.toLowerCase(), key)
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
