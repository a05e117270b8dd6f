/** What to start; the same for every contender. */
export interface StartRequest {
  /** Present on the engine already. */
  readonly image: string
  /** Arguments after the image's own entry point; empty: the image's own. */
  readonly command: readonly string[]
  /** The container's port that answers HTTP. */
  readonly port: number
  readonly labels: Readonly<Record<string, string>>
}

/** A start, by CLOCK_MONOTONIC in microseconds. */
export interface Started {
  readonly containerId: string
  /** Just before the contender was asked. */
  readonly beganAt: number
  /** When the contender said that the container answers. */
  readonly readyAt: number
}

/** A way to start a container and to learn that it answers. */
export interface Contender {
  /** Resolves when the container answers. */
  start(request: StartRequest): Promise<Started>
  /** Removes one, the contender's own way; resolves when it is gone. */
  remove(containerId: string): Promise<void>
  /** Lets go of connections. */
  close(): Promise<void>
}
