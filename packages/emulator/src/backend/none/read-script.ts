import type { ImageError, StartError } from '../backend.ts'

/** How a container without a process goes. */
export interface Script {
  readonly imageFailure?: ImageError['reason']
  readonly startFailure?: StartError['reason']
  /** Without this it runs until it is stopped. */
  readonly end?: {
    readonly afterInMs: number
    readonly exitCode: number
    readonly signal: string | undefined
    readonly outOfMemory: boolean
  }
}

const IMAGE_FAILURES = ['not-found', 'unauthorized', 'unreachable', 'rate-limited'] as const
const START_FAILURES = ['not-found', 'not-executable', 'refused'] as const

/**
 * Reads from an image's name how its containers go. Whatever stands before `none/` (a registry) makes no difference, and any other image
 * runs until it is stopped.
 *
 *     none/exit:3                 ends at once with exit code 3
 *     none/exit:3-after-200       ends with exit code 3 after 200 ms
 *     none/oom:after-200          is killed after 200 ms for want of memory
 *     none/no-image:unauthorized  cannot be pulled; the tag is the reason of an ImageError, `not-found` by default
 *     none/no-start:refused       cannot be started; the tag is the reason of a StartError, `not-found` by default
 */
export function readScript(image: string): Script {
  const [, kind, tag = ''] = /(?:^|\/)none\/(exit|oom|no-image|no-start)(?::(.+))?$/.exec(image) ?? []
  const [, exitCode = '0', after = '0'] = /^(\d*)-?(?:after-(\d+))?$/.exec(tag) ?? []
  const afterInMs = Number(after)
  switch (kind) {
    case 'exit':
      return { end: { afterInMs, exitCode: Number(exitCode), signal: undefined, outOfMemory: false } }
    case 'oom':
      return { end: { afterInMs, exitCode: 137, signal: 'SIGKILL', outOfMemory: true } }
    case 'no-image':
      return { imageFailure: IMAGE_FAILURES.find((reason) => reason === tag) ?? 'not-found' }
    case 'no-start':
      return { startFailure: START_FAILURES.find((reason) => reason === tag) ?? 'not-found' }
    default:
      return {}
  }
}
