/** The name of a run's main container within its Pod. */
export const MAIN = 'main'

/**
 * Keeps a stopped run's Pod in the cluster, with how its containers ended, until the run is removed: Kubernetes knows no stopped Pod, only one
 * that is being deleted.
 */
export const STOPPED = 'berth/stopped'

/** What a run's Secret calls the content of a variable, a file, or a part of a volume. */
export const secretKey = {
  variable: (container: number, name: string) => `env-${container}-${name}`,
  file: (container: number, file: number) => `file-${container}-${file}`,
  volume: (volume: string, part: number) => `volume-${volume}-${part}`,
  registry: '.dockerconfigjson',
} as const

/** The volume that holds the files of one container. A name with dots is none that a spec can give to one of its own. */
export function filesVolume(container: number): string {
  return `berth-files-${container}`
}

/** The volume of a spec. */
export function specVolume(name: string): string {
  return `volume-${name}`
}
