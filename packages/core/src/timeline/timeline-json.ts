import type { Timeline, TimelineJson } from '../contract/timeline.ts'

/** A timeline as plain data, as `JSON.stringify` writes it. */
export function timelineJson(timeline: Omit<Timeline, 'toJSON'>): TimelineJson {
  return {
    unit: 'us',
    requestedAt: timeline.requestedAt.toISOString(),
    total: timeline.total ?? null,
    assumptions: timeline.assumptions,
    marks: timeline.marks,
    phases: timeline.phases,
    minima: timeline.minima,
    spans: timeline.spans,
    clocks: timeline.clocks,
  }
}
