import type { CloudEvent } from '@berth/core'
import type { ObjectEvent } from './cluster/object-event.ts'
import { timeOfEvent } from './kubernetes-stamps.ts'

/** An event of a Pod, for people. */
export function mapKubernetesEvent(event: ObjectEvent): CloudEvent {
  const { reason = '', message = '', count, type } = event
  const time = timeOfEvent(event)
  const container = containerOf(event)
  return {
    ...(time && { time: new Date(Math.floor(time.inMicros / 1_000)) }),
    ...(container !== undefined && { container }),
    name: reason,
    message,
    count: count || 1,
    severity: type === 'Warning' ? 'warning' : 'normal',
  }
}

/** The container that an event speaks of; undefined where it speaks of the whole Pod. */
export function containerOf({ involvedObject }: ObjectEvent): string | undefined {
  return /^spec\.(?:initContainers|containers)\{(.+)\}$/.exec(involvedObject?.fieldPath ?? '')?.[1]
}
