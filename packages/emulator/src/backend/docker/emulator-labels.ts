import type { EngineFilters } from '@berth/docker/engine'
import { identifySelf, isAlive, type ProcessIdentity } from '@berth/process/runner'

/** Whose an object on the engine is: the emulator's name, and the process that it runs in. */
export interface OwnerLabels extends Readonly<Record<string, string>> {
  readonly 'berth-emulator': string
  readonly 'berth-emulator-owner': string
}

/** The labels of all that this process makes for an emulator of that name. */
export function ownerLabels(name: string): OwnerLabels {
  return { 'berth-emulator': name, 'berth-emulator-owner': JSON.stringify(identifySelf()) }
}

/** Finds what any emulator of that name has made. */
export function labelFilter(name: string): EngineFilters {
  return { label: [`berth-emulator=${name}`] }
}

/** Whether the process that made an object still runs on this machine. */
export async function isOwned(labels: Readonly<Record<string, string>> | null): Promise<boolean> {
  try {
    return await isAlive(JSON.parse(labels?.['berth-emulator-owner'] ?? '') as ProcessIdentity)
  } catch {
    return false
  }
}

/**
 * The labels of a pod's objects. Those that the service gives are for people, and get a prefix: a tag such as `berth-run` is the emulated
 * cloud's, and on this engine it would make a sweep of the real one take the container.
 */
export function podLabels(
  owner: OwnerLabels,
  pod: { readonly name: string; readonly labels: Readonly<Record<string, string>> },
): Readonly<Record<string, string>> {
  const given = Object.entries(pod.labels).map(([key, value]) => [`berth-emulator-label.${key}`, value])
  return { ...Object.fromEntries(given), ...owner, 'berth-emulator-pod': pod.name }
}
