import type { OwnershipTags } from '@berth/core'

/** The name of a task's main container. */
export const MAIN = 'main'

/** Begins the names of all our task definitions' families. */
export const FAMILY_PREFIX = 'berth-'
/** Begins the names of all our log streams. */
export const STREAM_PREFIX = 'berth'
/** What a set-up makes is called so, where its name is ours to choose. */
export const SETUP_NAME = 'berth'

const TOKEN_DIGITS = 12

/** The log stream of one container, as the service's log driver calls it. */
export function logStreamName(container: string, ref: string): string {
  return `${STREAM_PREFIX}/${container}/${ref}`
}

/**
 * What a task says of who started it: the one thing by which the service finds tasks that it also keeps once their tags are gone. It follows
 * from a run's token, and stands at the end of its name.
 */
export function startedByToken(tokenHash: string): string {
  return `berth/${tokenHash.slice(0, TOKEN_DIGITS)}`
}

/** The same from a run's name; undefined for a name that none of ours has. */
export function startedByName(name: string): string | undefined {
  const digits = /-([0-9a-f]{12})$/.exec(name)?.[1]
  return digits && `berth/${digits}`
}

/**
 * The service starts nothing twice for one client token, for up to a day. After a run's removal its token makes a new one, which has the next
 * generation's.
 */
export function clientToken(tags: Pick<OwnershipTags, 'berth-token'>, generation: number): string {
  return `berth-${tags['berth-token']}-${generation}`
}

/** A task's id, of its ARN. */
export function taskId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** Whether a text can be a task's id: nothing else is asked for. */
export function isTaskId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text)
}
