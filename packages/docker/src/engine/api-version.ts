import { EngineConfigurationError } from './engine-configuration-error.ts'

/** The newest API this client was written against; newer engines still speak it. */
export const newestApiVersion = '1.47'
/** The oldest API this client can speak: Docker 1.12, and what Podman calls its oldest. */
const oldestApiVersion = '1.24'

/**
 * The version to speak with an engine that offers `offered` (the Api-Version header of `/_ping`): the engine's own,
 * at most {@link newestApiVersion}. `null` offered, as by a proxy that hides the header, gives null: then paths go
 * without a version and the engine takes its own.
 *
 * @throws EngineConfigurationError `unsupported` when the engine is too old
 */
export function chooseApiVersion(offered: string | null): string | null {
  if (offered === null || !/^\d+\.\d+$/.test(offered)) return null
  if (compareVersions(offered, oldestApiVersion) < 0) {
    throw new EngineConfigurationError(
      'unsupported',
      `the engine speaks API ${offered}; ${oldestApiVersion} or newer is needed: update the engine`,
    )
  }
  return compareVersions(offered, newestApiVersion) > 0 ? newestApiVersion : offered
}

/** Orders versions like `1.41` by their numbers. */
function compareVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number)
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number)
  return leftMajor - rightMajor || leftMinor - rightMinor
}
