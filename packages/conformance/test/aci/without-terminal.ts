import type { TestAPI } from 'vitest'
import type { VitestLike } from '../../src/index.ts'

/** Child processes have no terminals: what a cloud promises of them is left to the engine. */
export function withoutTerminal(it: TestAPI): VitestLike['it'] {
  return (name, options, body) => {
    if (/^tty: |^resize\(\) /.test(name)) it.skip(`${name} (child processes have no terminal)`, body)
    else it(name, options, body)
  }
}
