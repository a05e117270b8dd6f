import type { CloudEvent } from '@berth/core'
import { dateOf } from './aci-time.ts'
import type { GroupEvent } from './arm/container-group.ts'

/** An event of the service for people; without a container it is the group's. */
export function mapAciEvent(event: GroupEvent, container?: string): CloudEvent {
  return {
    time: dateOf(event.lastTimestamp ?? event.firstTimestamp),
    container,
    name: event.name ?? 'event',
    message: event.message ?? '',
    count: event.count ?? 1,
    severity: event.type === 'Warning' ? 'warning' : 'normal',
  }
}
