import { ArmError } from '../arm/arm-error.ts'
import { RequestWindow } from '../limits/request-window.ts'
import { quotaReached } from './aci-errors.ts'
import type { AciLimits } from './aci-limits.ts'
import type { ContainerGroup } from './container-group.ts'
import type { GroupPropertiesBody } from './group-body.ts'
import { requestedResources } from './validation/validate-group-resources.ts'

const HOUR_IN_MS = 3_600_000
const MINUTES_5_IN_MS = 300_000

interface Windows {
  readonly hour: RequestWindow
  readonly minutes5: RequestWindow
}

/** What a subscription may use in a region, and how often it may create and delete. */
export class AciQuota {
  readonly #limits: AciLimits
  readonly #timeScale: number
  readonly #windows = new Map<string, Windows>()

  constructor(limits: AciLimits, timeScale: number) {
    this.#limits = limits
    this.#timeScale = timeScale
  }

  /** Counts a creation or deletion; tells the headers that say how many are left. Throws a 429. */
  admit(kind: 'creates' | 'deletes', subscriptionId: string): Readonly<Record<string, string>> {
    const { hour, minutes5 } = this.#windowsOf(kind, subscriptionId)
    const waitInMs = Math.max(hour.waitInMs, minutes5.waitInMs)
    if (waitInMs > 0) throw tooMany(waitInMs, headersOf(hour, minutes5))
    hour.admit()
    minutes5.admit()
    return headersOf(hour, minutes5)
  }

  /** Throws where a new group would be one too many for its region. */
  check(properties: GroupPropertiesBody, location: string, inRegion: readonly ContainerGroup[]): void {
    const { groupsARegion, coresARegion } = this.#limits
    if (inRegion.length + 1 > groupsARegion)
      throw quotaReached('ContainerGroups', location, {
        limit: groupsARegion,
        usage: inRegion.length,
        requested: 1,
      })
    const usage = coresOf(inRegion)
    const { cpu } = requestedResources(properties)
    if (usage + cpu > coresARegion)
      throw quotaReached('StandardCores', location, { limit: coresARegion, usage, requested: cpu })
  }

  #windowsOf(kind: 'creates' | 'deletes', subscriptionId: string): Windows {
    const key = `${kind} ${subscriptionId}`.toLowerCase()
    const limits = this.#limits
    const [anHour, in5Minutes] =
      kind === 'creates'
        ? [limits.createsAnHour, limits.createsIn5Minutes]
        : [limits.deletesAnHour, limits.deletesIn5Minutes]
    const windows = this.#windows.get(key) ?? {
      hour: new RequestWindow(anHour, HOUR_IN_MS / this.#timeScale),
      minutes5: new RequestWindow(in5Minutes, MINUTES_5_IN_MS / this.#timeScale),
    }
    this.#windows.set(key, windows)
    return windows
  }
}

export function coresOf(groups: readonly ContainerGroup[]): number {
  return groups.reduce((cores, { properties }) => cores + requestedResources(properties).cpu, 0)
}

function headersOf(hour: RequestWindow, minutes5: RequestWindow): Readonly<Record<string, string>> {
  return {
    'x-ms-ratelimit-remaining-subscription-resource-requests-pt1h': String(hour.remaining),
    'x-ms-ratelimit-remaining-subscription-resource-requests-pt5m': String(minutes5.remaining),
  }
}

function tooMany(waitInMs: number, left: Readonly<Record<string, string>>): ArmError {
  const seconds = Math.ceil(waitInMs / 1_000)
  return new ArmError(
    429,
    'TooManyRequests',
    `The number of requests to Microsoft.ContainerInstance/containerGroups has exceeded the limit. Please retry after '${seconds}' seconds.`,
    { 'Retry-After': String(seconds), ...left },
  )
}
