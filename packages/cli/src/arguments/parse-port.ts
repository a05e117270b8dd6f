import type { PortSpec } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'

/** `80`, `8080:80` (the host's port first), each with `/tcp` or `/udp`. Throws UsageError. */
export function parsePort(text: string): PortSpec {
  const match = /^(?:(\d+):)?(\d+)(?:\/(tcp|udp))?$/.exec(text)
  if (match === null) {
    throw new UsageError(
      `-p ${text} is no port: write the container's port (80), or the host's and the container's (8080:80), with /udp where it is not tcp`,
    )
  }
  const [, publish, port, protocol] = match
  return {
    port: inRange(Number(port), text),
    ...(publish !== undefined && { publish: inRange(Number(publish), text) }),
    ...(protocol !== undefined && { protocol: protocol as 'tcp' | 'udp' }),
  }
}

function inRange(port: number, text: string): number {
  if (port >= 1 && port <= 65_535) return port
  throw new UsageError(`-p ${text}: ${port} is no port; ports are 1 to 65535`)
}
