import type { Backend } from './backend/backend.ts'
import type { EmulatedClocks } from './clock/emulated-clocks.ts'
import type { EmulatedTime } from './clock/emulated-time.ts'
import type { FaultPlan } from './fault/fault-plan.ts'
import type { Profile } from './profile/profile.ts'
import type { Random } from './random/random.ts'

/** What every service of one emulator shares. */
export interface World {
  readonly backend: Backend
  /** How a service is emulated, in words: every answer of it carries them in the header `berth-emulator`. Default: all services of this emulator. */
  describe(service?: string): string
  readonly clocks: EmulatedClocks
  readonly faults: FaultPlan
  readonly profile: Profile
  readonly random: Random
  readonly time: EmulatedTime
  /** Ends when the emulator closes. */
  readonly closing: AbortSignal
}
