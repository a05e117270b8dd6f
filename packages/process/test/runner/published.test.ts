import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { temporaryRunner, until } from './temporary-runner.ts'

const packageDirectory = fileURLToPath(new URL('../..', import.meta.url))

describe('what is published', () => {
  it('finds its supervisor and programs', { timeout: 120_000 }, async () => {
    // In the package, so that what it imports is found; under a name that no build of its own touches.
    const built = await mkdtemp(join(packageDirectory, 'node_modules', 'built-'))
    try {
      const tsup = join(packageDirectory, '../../node_modules/tsup/dist/cli-default.js')
      await promisify(execFile)(process.execPath, [tsup, '--out-dir', built, '--no-dts'], {
        cwd: packageDirectory,
      })
      const { processRunner } = await import(pathToFileURL(join(built, 'runner/index.js')).href)
      await using directory = await temporaryRunner()
      const runner: typeof directory = processRunner({ directory: directory.directory })
      const group = await runner.create({
        name: 'group',
        initContainers: [{ name: 'job', image: 'berth/job' }],
        containers: [{ name: 'web', image: 'berth/hello' }],
      })
      const url = `http://${group.address}:${group.ports[0]?.hostPort}/`
      const answer = await until(() => fetch(url).catch(() => null))
      expect(await answer.text()).toBe('hello')
      await runner.remove('group')
    } finally {
      await rm(built, { recursive: true })
    }
  })
})
