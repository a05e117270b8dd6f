import { BerthError } from '@berth/core'

/** Processors that run another's programs by themselves. */
const RUNS_TOO: Readonly<Record<string, readonly string[]>> = { amd64: ['386'], arm64: ['arm'] }

/**
 * Refuses an image that is made for another processor than the engine's, as its answer to the create call says: started, it would end at
 * once with "exec format error". Where a platform was asked for the engine gives no such warning, for then it may emulate it.
 */
export function checkPlatform(warnings: readonly string[], image: string): void {
  for (const warning of warnings) {
    const match =
      /platform \((\S+?)\) does not match the (?:detected|expected) host platform \((\S+?)\)/.exec(warning)
    if (match === null) continue
    const [, wanted = '', own = ''] = match
    const [processor = '', ownProcessor = ''] = [wanted.split('/')[1], own.split('/')[1]]
    if (processor === ownProcessor || RUNS_TOO[ownProcessor]?.includes(processor)) continue
    throw new BerthError({
      code: 'invalid-spec',
      message: `${image} is made for ${wanted}, and the engine's machine is ${own}: choose an image for ${own}, or, where the engine emulates it, ask for architecture: '${processor}'`,
    })
  }
}
