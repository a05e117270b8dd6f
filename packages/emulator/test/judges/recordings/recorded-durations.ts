import type { ProfileChoice } from '../../../src/profile/choose-profile.ts'
import type { RecordedExchange, Recording } from './read-recording.ts'

interface RecordedEvent {
  readonly name: string
  readonly firstTimestamp: string
}

/** How long each phase of the recording's first start took, so that the emulator can take as long. */
export function recordedDurations({ name, exchanges }: Recording): ProfileChoice {
  const accepted = exchanges.findIndex(isCreation)
  const events = exchanges
    .slice(accepted)
    .map(eventsOf)
    .find((told) => told.length > 0)
  // Where nothing was started, nothing takes any time.
  if (accepted < 0 || !events) return 'instant'
  const dates = exchanges.map(({ answer }) => Date.parse(answer.headers.date ?? ''))
  const at = (event: string) => Date.parse(events.find((told) => told.name === event)?.firstTimestamp ?? '')
  const marks = [
    dates[accepted - 1] ?? Number.NaN,
    dates[accepted] ?? Number.NaN,
    at('Pulling'),
    at('Pulled'),
    at('Created'),
    at('Started'),
  ]
  const [accepting = 0, placing = 0, pulling = 0, creating = 0, starting = 0] = marks
    .slice(1)
    .map((mark, index) => mark - (marks[index] ?? Number.NaN))
  return { name: `as in ${name}`, durations: { accepting, placing, pulling, creating, starting } }
}

function isCreation({ method, url, answer }: RecordedExchange): boolean {
  return method === 'PUT' && /\/containerGroups\//i.test(url.pathname) && answer.status === 201
}

function eventsOf({ url, answer }: RecordedExchange): readonly RecordedEvent[] {
  if (!/\/operations\//.test(url.pathname)) return []
  return (answer.body as { properties: { events: readonly RecordedEvent[] } }).properties.events
}
