import type { PlannedContainer } from '@berth/core'

/**
 * Goes to a directory and becomes the command: the service knows no working directory. Where a container's file system does not begin at the
 * machine's own root, it begins at BERTH_ROOT.
 */
const IN_DIRECTORY = 'cd "$BERTH_ROOT$1" || exit; shift; exec "$@"'

/** The service has one list of words for entrypoint and arguments. `validatePlan` has refused what it cannot say. */
export function convertCommand({
  command = [],
  args = [],
  workingDirectory,
}: Pick<PlannedContainer, 'command' | 'args' | 'workingDirectory'>): readonly string[] | undefined {
  const words = [...command, ...args]
  if (words.length === 0) return undefined
  return workingDirectory === undefined
    ? words
    : ['/bin/sh', '-c', IN_DIRECTORY, 'sh', workingDirectory, ...words]
}
