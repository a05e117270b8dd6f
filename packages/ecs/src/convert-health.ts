import type { HealthCheck as EcsHealthCheck } from '@aws-sdk/client-ecs'
import { durationInMs, type HealthCheck } from '@berth/core'

/** What the service takes, in seconds and tries. */
const HEALTH_BOUNDS = {
  interval: [5, 300],
  timeout: [2, 60],
  retries: [1, 10],
  startPeriod: [0, 300],
} as const satisfies Record<string, readonly [number, number]>

const DEFAULTS = { interval: '10s', timeout: '5s', retries: 3 } as const

/** A health check in the service's words: a command in the container, the only kind that it has. What is out of its bounds is drawn in. */
export function convertHealth({
  probe,
  interval = DEFAULTS.interval,
  timeout = DEFAULTS.timeout,
  retries = DEFAULTS.retries,
  startPeriod,
}: HealthCheck): EcsHealthCheck {
  if (probe.kind !== 'exec') throw new TypeError(`a health check by ${probe.kind} is none of the service's`)
  const seconds = (value: Parameters<typeof durationInMs>[0]) => durationInMs(value) / 1_000
  return {
    command: ['CMD', ...probe.command],
    interval: within('interval', seconds(interval)),
    timeout: within('timeout', seconds(timeout)),
    retries: within('retries', retries),
    ...(startPeriod !== undefined && { startPeriod: within('startPeriod', seconds(startPeriod)) }),
  }
}

/** What of a health check is taken otherwise than asked, for people. */
export function healthNotes(container: string, health: HealthCheck | undefined): readonly string[] {
  if (health === undefined) return []
  const asked: Readonly<Record<keyof typeof HEALTH_BOUNDS, number | undefined>> = {
    interval: health.interval === undefined ? undefined : durationInMs(health.interval) / 1_000,
    timeout: health.timeout === undefined ? undefined : durationInMs(health.timeout) / 1_000,
    retries: health.retries,
    startPeriod: health.startPeriod === undefined ? undefined : durationInMs(health.startPeriod) / 1_000,
  }
  return Object.entries(asked).flatMap(([name, value]) => {
    if (value === undefined) return []
    const taken = within(name as keyof typeof HEALTH_BOUNDS, value)
    return taken === value ? [] : [`${container}: health.${name} ${value} was taken as ${taken}`]
  })
}

function within(name: keyof typeof HEALTH_BOUNDS, value: number): number {
  const [least, most] = HEALTH_BOUNDS[name]
  return Math.min(most, Math.max(least, Math.round(value)))
}
