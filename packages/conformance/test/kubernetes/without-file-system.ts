import type { TestAPI } from 'vitest'
import type { VitestLike } from '../../src/index.ts'

/** Child processes have no terminal, and no file system of their own in which a shell of theirs could change its directory. */
const LEFT_OUT = [
  /^tty: /,
  /^resize\(\) /,
  /^sets environment and working directory for this command only$/,
  // Mounts are links, which have no modes.
  /^have the mode asked for/,
  /^may be secret: then they are for their owner only$/,
  // An adapter that copies by a tar in the container would reach this machine's own files.
  /^what is copied in comes out again/,
  /^names of 120 characters and of other scripts/,
  /^copyOut\(\) of what is not there/,
  /^the container sees what was copied in$/,
]

/** What takes more than child processes is left to the engine. */
export function withoutFileSystem(it: TestAPI): VitestLike['it'] {
  return (name, options, body) => {
    if (LEFT_OUT.some((left) => left.test(name))) it.skip(`${name} (child processes have none)`, body)
    else it(name, options, body)
  }
}
