/** The name of a group's main container within the group. */
export const MAIN = 'main'

/**
 * The name on the engine of one container of a run. The main container has the run's own name, the others the run's name, two
 * hyphens (which no run's name holds) and theirs.
 */
export function containerName(ref: string, container: string = MAIN): string {
  return container === MAIN ? ref : `${ref}--${container}`
}

/** The name of the container that only holds the network of a group. The dot keeps it apart from every container's own. */
export function networkHolderName(ref: string): string {
  return `${ref}.network`
}

/** The name of the volume behind an `empty` volume of a run. */
export function emptyVolumeName(ref: string, volume: string): string {
  return `${ref}--${volume}`
}
