import { type ClockSetting, MachineClock } from './machine-clock.ts'

/** The clocks of the machines that stamp what a cloud says. All show this machine's time by default. */
export interface ClockSettings {
  /** Writes the `Date` header and the start of operations. */
  readonly frontEnd?: ClockSetting | undefined
  /** Write events and the times of containers; a group is placed on one of them at random. Default: one. */
  readonly nodes?: readonly ClockSetting[] | undefined
  /** Writes the times of pulls where a service has its registry tell them; ACI's answers carry none. */
  readonly registry?: ClockSetting | undefined
}

export interface EmulatedClocks {
  readonly frontEnd: MachineClock
  readonly nodes: readonly [MachineClock, ...MachineClock[]]
  readonly registry: MachineClock
}

export function emulatedClocks(settings: ClockSettings = {}): EmulatedClocks {
  const [first, ...others] = settings.nodes ?? []
  return {
    frontEnd: new MachineClock(settings.frontEnd),
    nodes: [new MachineClock(first), ...others.map((setting) => new MachineClock(setting))],
    registry: new MachineClock(settings.registry),
  }
}
