import { checkDuration, type Duration, drawDuration } from './distribution.ts'
import type { Phase, PhaseDurations, Profile } from './profile.ts'

/** A profile of your own: what is left out takes no time. */
export interface ProfileSetting {
  /** For reports. Default `own`. */
  readonly name?: string | undefined
  readonly durations: Partial<Readonly<Record<Phase, Duration>>>
}

const PHASES: readonly Phase[] = ['accepting', 'placing', 'pulling', 'creating', 'starting', 'removing']

/** Everything takes as long as it really takes on the backend. */
export const instantProfile: Profile = fixedProfile({ name: 'instant', durations: {} })

/** The same for every image and service. */
export function fixedProfile({ name = 'own', durations }: ProfileSetting): Profile {
  for (const phase of Object.keys(durations)) {
    if (!PHASES.includes(phase as Phase))
      throw new TypeError(`a profile has no phase ${phase}; there are ${PHASES.join(', ')}`)
  }
  for (const phase of PHASES) checkDuration(durations[phase] ?? 0, phase)
  return {
    nameFor: () => `${name} profile`,
    describe: () => name,
    draw: (_, numbers) =>
      Object.fromEntries(
        PHASES.map((phase) => [phase, drawDuration(durations[phase] ?? 0, numbers)]),
      ) as unknown as PhaseDurations,
  }
}
