/** Something that happened on the engine. */
export interface EngineEvent {
  /** `container`, `image`, `network`, `volume` … */
  readonly type: string
  /** `create`, `start`, `die`, `oom`, `destroy`, `health_status: healthy`, `exec_start: sh -c …` … */
  readonly action: string
  /** Id of what it happened to; an image's reference for image events. */
  readonly id: string
  /** Labels of a container, with `name`, `image` and what the action adds: `exitCode`, `signal`, `execID`. */
  readonly attributes: Readonly<Record<string, string>>
  /** Unix time by the engine's clock in whole microseconds, rounded down. */
  readonly timeMicros: number
  /** Unix time in nanoseconds, exactly as the engine wrote it (a number would lose the last digits). */
  readonly timeNano: string
}

interface EventOnTheWire {
  readonly Type?: string
  readonly Action?: string
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> }
  readonly time?: number
}

/** Reads one line of the event stream. */
export function parseEvent(line: string): EngineEvent {
  const { Type = '', Action = '', Actor, time = 0 } = JSON.parse(line) as EventOnTheWire
  // every other value that a key ending in timeNano could have is a string: only the field itself is followed by a digit
  const timeNano = /"timeNano":\s*(\d+)/.exec(line)?.[1] ?? `${time}000000000`
  return {
    type: Type,
    action: Action,
    id: Actor?.ID ?? '',
    attributes: Actor?.Attributes ?? {},
    timeMicros: Number(timeNano.slice(0, -3)),
    timeNano,
  }
}
