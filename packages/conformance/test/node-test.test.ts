import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, it } from 'vitest'

const suite = fileURLToPath(new URL('./node-test/suite.ts', import.meta.url))

describe('under node:test', () => {
  it('the suite declares and passes its tests', { timeout: 120_000 }, async () => {
    // Tests of a parent runner's child would report to the parent.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--conditions=@berth/source',
        '--disable-warning=ExperimentalWarning',
        '--test',
        '--test-reporter=tap',
        suite,
      ],
      { env },
    )
    assert.match(stdout, /ok \d+ - a name of an emoji becomes one that the cloud takes/)
    assert.match(stdout, /ok \d+ - nothing is left on the cloud/)
    assert.match(stdout, /^# fail 0$/m)
  })
})
