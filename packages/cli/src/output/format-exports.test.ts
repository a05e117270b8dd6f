import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { formatExports } from './format-exports.ts'

test.runIf(process.platform !== 'win32')('a shell takes each value as it is', () => {
  const environment = { PLAIN: 'a b', QUOTED: `it's "$HOME" \`x\` \\`, EMPTY: '' }
  const script = `${formatExports(environment)}\nprintf '%s|%s|%s' "$PLAIN" "$QUOTED" "$EMPTY"`
  expect(execFileSync('sh', ['-c', script]).toString()).toBe(`a b|${environment.QUOTED}|`)
})
