import { createEngineClient, type EngineClient } from './engine/index.ts'

/** Which engine to use, and how. Left out altogether: the one that the docker command would use. */
export interface DockerOptions {
  /** The engine's address, as in DOCKER_HOST: `unix:///run/podman/podman.sock`, `tcp://10.0.0.5:2376`. */
  readonly host?: string | undefined
  /** A docker context by name. Not together with `host`. */
  readonly context?: string | undefined
  /**
   * Accepts an engine on another machine without TLS, or without verifying its certificate: whoever is on the way gets root there.
   * Default: refused.
   */
  readonly allowInsecure?: boolean | undefined
  /** What runs are made for where their spec names no architecture: `linux/arm64`. Default: the engine's own. */
  readonly platform?: string | undefined
  /** A client of your own, shared or instrumented; the provider's `close()` closes it. Instead of the three that choose an engine. */
  readonly engine?: EngineClient | undefined
}

/** The client of an engine. Reads and connects nothing. Throws TypeError for options that cannot be. */
export function clientOf({ host, context, allowInsecure, platform, engine }: DockerOptions): EngineClient {
  if (platform !== undefined && !/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/.test(platform)) {
    throw new TypeError(
      `docker: platform '${platform}' must be an operating system and a processor, like linux/arm64`,
    )
  }
  if (host !== undefined && context !== undefined) {
    throw new TypeError('docker: give either host or context, not both')
  }
  if (engine === undefined) return createEngineClient({ host, context, allowInsecure })
  if (host !== undefined || context !== undefined || allowInsecure !== undefined) {
    throw new TypeError(
      'docker: an engine client of your own has chosen its engine; leave out host, context and allowInsecure',
    )
  }
  return engine
}
