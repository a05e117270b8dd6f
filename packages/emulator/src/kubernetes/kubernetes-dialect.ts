/**
 * What clusters do one way or another, mostly by their age: `minorVersion` decides the rest, each of which can be chosen by itself. A client should
 * get along with every value of each. All durations are emulated ones.
 */
export interface KubernetesDialect {
  /** 34 is Kubernetes 1.34, the default. At least 20. */
  readonly minorVersion: number
  /**
   * Whether an init container of restart policy Always is a sidecar: it runs beside the others, and ends after them. Since 29; until 32 a cluster
   * may have that switched off.
   */
  readonly nativeSidecars: boolean
  /** Whether a Pod tells by PodReadyToStartContainers that its sandbox is there. Since 29. */
  readonly sandboxCondition: boolean
  /** What an event says of a pull: nothing, how long it took (since 20), how long with the wait for others (since 27), the size too (since 30). */
  readonly pulledText: 'plain' | 'timed' | 'with-waiting' | 'with-size'
  /** Which subprotocols sessions take over a WebSocket, beside SPDY: `v5` (since 30), in which an input can be ended, too, or only `v4`. */
  readonly webSockets: 'v5' | 'v4'
  /** When a Pod first tells its address: when its sandbox is there, or only when its containers have started. */
  readonly addressShown: 'sandbox' | 'started'
  /** Whether watches tell from time to time how far they are. Default true. */
  readonly bookmarks: boolean
  /** How far apart bookmarks are. Default 60 000. */
  readonly bookmarkEveryInMs: number
  /** How many changes of a resource are known: a watch that comes back from before them is told 410. Default 1 000. */
  readonly keptChanges: number
  /** How long after it was made a Service of type LoadBalancer tells its address. Default 0. */
  readonly balancerAfterInMs: number
  /** Whether logs tell every byte, or what is no UTF-8 as U+FFFD, as nodes do whose runtime is Docker (before 24). */
  readonly logBytes: 'exact' | 'text'
  /** How long a node takes to see that something happened to its containers: a second is usual. Default 0. */
  readonly statusAfterInMs: number
}

const DEFAULT_MINOR_VERSION = 34
const LEAST_MINOR_VERSION = 20

/** @throws RangeError for a version that cannot be played */
export function kubernetesDialect(chosen: Partial<KubernetesDialect> = {}): KubernetesDialect {
  const { minorVersion = DEFAULT_MINOR_VERSION } = chosen
  if (!(Number.isInteger(minorVersion) && minorVersion >= LEAST_MINOR_VERSION))
    throw new RangeError(
      `dialects.kubernetes.minorVersion is ${minorVersion}; it must be a whole number from ${LEAST_MINOR_VERSION} on: 34 is Kubernetes 1.34`,
    )
  return {
    minorVersion,
    nativeSidecars: minorVersion >= 29,
    sandboxCondition: minorVersion >= 29,
    pulledText: pulledText(minorVersion),
    webSockets: minorVersion >= 30 ? 'v5' : 'v4',
    addressShown: 'sandbox',
    bookmarks: true,
    bookmarkEveryInMs: 60_000,
    keptChanges: 1_000,
    balancerAfterInMs: 0,
    logBytes: minorVersion >= 24 ? 'exact' : 'text',
    statusAfterInMs: 0,
    ...chosen,
  }
}

function pulledText(minorVersion: number): KubernetesDialect['pulledText'] {
  if (minorVersion >= 30) return 'with-size'
  return minorVersion >= 27 ? 'with-waiting' : 'timed'
}
