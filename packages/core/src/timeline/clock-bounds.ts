import type { ClockDeclaration } from '../contract/evidence.ts'
import type { ClockOffset } from './clock-offset.ts'
import type { TimeBase } from './time-base.ts'

/** The machine whose `Date` headers are read, and against which adapters declare skews unless they say otherwise. */
export const FRONT_END = 'front-end'

/** In `against`: this machine's own wall clock. */
export const CLIENT = 'client'

/** A declared difference between two clocks, either way. */
interface ClockSkew {
  readonly against: string
  readonly skewInMicros: number
}

/** What is known of the machines' clocks apart from the stamps themselves. Offsets are (machine - this wall clock) in microseconds. */
export interface ClockBounds {
  /** The machine's declared skew; undefined where its clock is free. */
  skew(machine: string): ClockSkew | undefined
  /** The offset at whatever time in `[from, to]`, microseconds since `requested`; undefined where nothing bounds it. */
  offset(
    machine: string,
    from: number,
    to: number,
  ): { readonly earliest: number; readonly latest: number } | undefined
  /** Whether what bounds the offset contradicts itself. */
  contradictory(machine: string): boolean
}

/** The bounds that an adapter's declarations and the `Date` headers give. */
export function clockBounds(
  declarations: Readonly<Record<string, ClockDeclaration>>,
  offsets: ReadonlyMap<string, ClockOffset>,
  time: TimeBase,
): ClockBounds {
  return {
    skew(machine) {
      const declaration = Object.hasOwn(declarations, machine) ? declarations[machine] : undefined
      const against = declaration?.against ?? FRONT_END
      if (declaration?.skewInMs === undefined || against === machine) return undefined
      return { against, skewInMicros: Math.ceil(declaration.skewInMs * 1000) }
    },
    offset(machine, from, to) {
      const offset = offsets.get(machine)?.at(time.instant(from), time.instant(to))
      if (offset === undefined) return undefined
      return {
        earliest: Math.floor(time.wallOffset(offset.earliest)),
        latest: Math.ceil(time.wallOffset(offset.latest)),
      }
    },
    contradictory: (machine) => offsets.get(machine)?.contradictory === true,
  }
}
