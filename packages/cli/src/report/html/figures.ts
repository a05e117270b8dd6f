import { EMULATED } from '../describe-start.ts'
import { type Bounded, formatBounds, formatDuration, type Rounding } from '../format-duration.ts'
import type { StartRecord } from '../start-record.ts'
import { type Html, html } from './html.ts'

/** A duration for people, with the microseconds for programs: their sum is exact. */
export function duration(micros: number, rounding: Rounding = 'nearest'): Html {
  const exactly = `${micros.toLocaleString('en-US')} µs`
  return html`<data value="${micros}" title="${exactly}">${formatDuration(micros, rounding)}</data>`
}

/** How far from the figure the truth may lie. */
export function bounds(bounded: Bounded): Html {
  return html`<span class="bounds">${formatBounds(bounded)}</span>`
}

/** The badge that stands by every figure of an emulated start; nothing for a real one. */
export function emulatedBadge({ emulated, emulation }: StartRecord): Html {
  const words = `An emulator answered in place of the real service${emulation === undefined ? '' : `: ${emulation}`}`
  return html`${emulated && html` <span class="badge" title="${words}">${EMULATED}</span>`}`
}

/** `23 November 2026, 12:00:00 UTC` */
export function instant(iso: string): Html {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return html`${iso}`
  const day = date.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  return html`<time datetime="${iso}">${day}, ${date.toISOString().slice(11, 19)} UTC</time>`
}

/** A list of terms; those without a description are left out. */
export function facts(pairs: readonly (readonly [string, Html | string | undefined])[]): Html {
  const known = pairs.filter(([, value]) => value !== undefined && value !== '')
  if (known.length === 0) return html``
  return html`<dl class="facts">${known.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** A table that scrolls by itself where the page is too narrow for it, by keyboard as well. */
export function scrolling(label: string, table: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`
}
