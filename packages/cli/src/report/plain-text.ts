import { stripVTControlCharacters } from 'node:util'
import { redact } from '@berth/core'

/** Control characters but tab and line feed, and those that turn the direction of the text around them. */
const UNPRINTABLE = /[^\P{Cc}\t\n]|\p{Bidi_Control}|[\u2028\u2029\ufeff]/gu

/**
 * A text from outside (an image's name, a log line) without what could steer a terminal or turn the text around it. Redacted again, for a
 * secret may have stood in it with colours in between.
 */
export function plainText(text: string): string {
  return redact(stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replace(UNPRINTABLE, ''))
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim()
}
