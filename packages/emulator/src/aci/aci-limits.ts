/** ACI's limits for one subscription, each of which can be raised or lowered. Windows are emulated durations. */
export interface AciLimits {
  /** Creations within an hour. Default 300. */
  readonly createsAnHour: number
  /** Creations within 5 minutes. Default 100. */
  readonly createsIn5Minutes: number
  /** Deletions within an hour. Default 300. */
  readonly deletesAnHour: number
  /** Deletions within 5 minutes. Default 100. */
  readonly deletesIn5Minutes: number
  /** Container groups in one region. Default 100. */
  readonly groupsARegion: number
  /** Standard cores in one region. Default 100. */
  readonly coresARegion: number
  /** Containers of a group, init containers included. Default 60. */
  readonly containersAGroup: number
  /** Default 20. */
  readonly volumesAGroup: number
  /** Ports of an address. Default 5. */
  readonly portsAnAddress: number
  /** vCPUs of a group. Default 31. */
  readonly mostCpu: number
  /** GB of memory of a group. Default 240. */
  readonly mostMemoryInGB: number
  /** Bytes of log of a container that runs. Default 4 MB. */
  readonly logBytesRunning: number
  /** Bytes of log once it has stopped. Default 16 KB. */
  readonly logBytesStopped: number
  /** Lines of log once it has stopped. Default 1000. */
  readonly logLinesStopped: number
  /** How long provisioning may take. Default 1 800 000. */
  readonly provisioningInMs: number
  /** Groups on one page of a list. Default 100; assumed. */
  readonly listPageSize: number
}

export const ACI_LIMITS: AciLimits = {
  createsAnHour: 300,
  createsIn5Minutes: 100,
  deletesAnHour: 300,
  deletesIn5Minutes: 100,
  groupsARegion: 100,
  coresARegion: 100,
  containersAGroup: 60,
  volumesAGroup: 20,
  portsAnAddress: 5,
  mostCpu: 31,
  mostMemoryInGB: 240,
  logBytesRunning: 4 * 1024 * 1024,
  logBytesStopped: 16 * 1024,
  logLinesStopped: 1_000,
  provisioningInMs: 1_800_000,
  listPageSize: 100,
}
