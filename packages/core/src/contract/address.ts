import type { Exposure } from './capabilities.ts'

/** Where one port of a run can be reached. */
export interface Address {
  /** An IP address or a name, without brackets. */
  readonly host: string
  /** The port to connect to. */
  readonly port: number
  /** The container's own port behind it. */
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp'
  /** Who can reach it. */
  readonly exposure: Exposure
  /** Whether a proxy takes connections even while the container does not yet listen (Docker's published ports). Default false. */
  readonly proxied?: boolean | undefined
}
