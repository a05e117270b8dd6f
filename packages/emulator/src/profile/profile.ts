import type { RandomNumbers } from '../random/random.ts'

/** The stretches of a start, in their order, and those of its end. All are emulated durations. */
export type Phase =
  /** From the creating request to its answer. */
  | 'accepting'
  /** From the answer until a machine begins to pull. */
  | 'placing'
  | 'pulling'
  /** From the end of the pull until the container is made. */
  | 'creating'
  /** From then until its process runs. */
  | 'starting'
  /** From the removing request until it is gone, beyond what a dialect adds. */
  | 'removing'

/** How long things take. What really takes longer takes longer. */
export interface Profile {
  /** For reports: `instant profile`, `recorded profile (2018-2021, n = 2 to 8)`; of several services what is known of each. */
  nameFor(services: readonly string[]): string
  /** What it rests on for one kind of start, for reports: `recorded 2018-2019 (alpine), n = 8`. */
  describe(start: StartKind): string
  /** Draws the duration of each phase of one start, in milliseconds. */
  draw(start: StartKind, numbers: RandomNumbers): PhaseDurations
}

export interface StartKind {
  /** `aci`, … */
  readonly service: string
  readonly image: string
}

export type PhaseDurations = Readonly<Record<Phase, number>>
