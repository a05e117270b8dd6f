import type { DateSample } from '../contract/evidence.ts'
import type { TimelineRecorder } from '../timeline/timeline-recorder.ts'

/** How many recent answers a new run's clocks begin with. */
const KEPT = 50

/** Hands the `Date` of each answer of a cloud to the timelines of the runs that are started or observed at that moment. */
export class DateFeed {
  readonly #recent: DateSample[] = []
  readonly #followers = new Map<TimelineRecorder, number>()

  take(sample: DateSample): void {
    for (const recorder of this.#followers.keys()) recorder.addDate(sample)
    this.#recent.push(sample)
    if (this.#recent.length > KEPT) this.#recent.shift()
  }

  /** What was told before. */
  seed(recorder: TimelineRecorder): void {
    for (const sample of this.#recent) recorder.addDate(sample)
  }

  /** Hands on what is told from now on, until the function that it gives is called. */
  follow(recorder: TimelineRecorder): () => void {
    this.#followers.set(recorder, (this.#followers.get(recorder) ?? 0) + 1)
    return () => {
      const count = (this.#followers.get(recorder) ?? 0) - 1
      if (count > 0) this.#followers.set(recorder, count)
      else this.#followers.delete(recorder)
    }
  }
}
