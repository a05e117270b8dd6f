import type { Observation } from '../contract/observation.ts'
import type { Interest } from './observer.ts'

/** What a source of states sees of the observer. */
export interface ObservationHub {
  interests(): readonly Interest[]
  /** The order of the youngest interest. */
  lastOrder(): number
  observe(observation: Observation): void
  /** Nothing more will come of these runs, or of any where none is named. */
  fail(error: unknown, refs?: readonly string[]): void
}
