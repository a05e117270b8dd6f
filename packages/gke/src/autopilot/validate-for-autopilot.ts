import { BerthError, type GroupPlan } from '@berth/core'
import type { GkeNativeOptions } from '../gke-native-options.ts'

/** What nodes that belong to Google are not shared for. */
const OF_THE_NODE: readonly string[] = ['hostNetwork', 'hostPID', 'hostIPC']
const READABLE = '/var/log/'

/** Refuses what reaches into the node, which on Autopilot is Google's. Throws `unsupported`. */
export function validateForAutopilot({ volumes, native }: Pick<GroupPlan, 'volumes' | 'native'>): void {
  for (const [name, { kind, options = {} }] of Object.entries(volumes)) {
    const path = String(options.path ?? '')
    if (kind === 'host' && !`${path}/`.startsWith(READABLE)) {
      throw unsupported(
        `volumes.${name}: Autopilot mounts no directory of a node but those below ${READABLE.slice(0, -1)}, not ${path}`,
      )
    }
  }
  const { podSpec = {}, containerSecurityContext = {} } = (native ?? {}) as GkeNativeOptions
  for (const field of OF_THE_NODE) {
    if (podSpec[field] === true) {
      throw unsupported(`options.gke.podSpec.${field}: Autopilot shares nothing of its nodes with a Pod`)
    }
  }
  if (containerSecurityContext.privileged === true) {
    throw unsupported(
      'options.gke.containerSecurityContext.privileged: Autopilot runs no privileged container',
    )
  }
}

function unsupported(what: string): BerthError {
  return new BerthError({ code: 'unsupported', message: `${what}: leave it out, or use a Standard cluster` })
}
