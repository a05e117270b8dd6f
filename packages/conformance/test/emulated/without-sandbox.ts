import type { TestAPI } from 'vitest'
import type { VitestLike } from '../../src/index.ts'

/** Child processes have neither terminals nor other users: what a cloud promises of them is left to the engine. */
export function withoutSandbox(it: TestAPI): VitestLike['it'] {
  return (name, options, body) => {
    if (/^tty: |^resize\(\) |^user: /.test(name)) it.skip(`${name} (child processes have none)`, body)
    else it(name, options, body)
  }
}
