import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { Place } from './run-berth.ts'

const place = new Place()
afterAll(() => place.leave())

/** Writes the address of every module that is loaded after it to stderr. */
const hook = join(place.directory, 'hook.mjs')
writeFileSync(
  hook,
  `import { registerHooks } from 'node:module'
import { writeSync } from 'node:fs'
registerHooks({ load(url, context, next) { writeSync(2, 'loaded ' + url + '\\n'); return next(url, context) } })
`,
)
const traced = { nodeArguments: ['--import', pathToFileURL(hook).href] }
const loaded = (stderr: string) => [...stderr.matchAll(/^loaded (.*)$/gm)].map(([, url]) => url ?? '')
const heavy = /packages\/(core|docker|emulator|process)\//

test.each([
  [['--help']],
  [['--version']],
  [['run', '--help']],
  [['help', 'time']],
  [['emulator', '--help']],
  [['run', 'x', '--nope']],
  [['nope']],
])('berth %j loads neither core nor an adapter', async (words) => {
  const { stderr } = await place.run(words, traced)
  const urls = loaded(stderr)
  expect(urls.some((url) => url.endsWith('/src/program.ts'))).toBe(true)
  expect(urls.filter((url) => heavy.test(url))).toEqual([])
  expect(urls.filter((url) => url.includes('/src/commands/'))).toEqual([])
})

test('a command loads the adapter that it uses, and no other', async () => {
  const { stderr, exitCode } = await place.run(['ps', '--on', 'process'], traced)
  const urls = loaded(stderr)
  expect(urls.some((url) => url.includes('packages/process/'))).toBe(true)
  expect(urls.filter((url) => url.includes('packages/docker/'))).toEqual([])
  expect(urls.filter((url) => url.includes('log-update'))).toEqual([])
  expect(exitCode).toBe(0)
})

test('help is written to stdout and done', async () => {
  const { stdout, stderr, exitCode } = await place.run(['run', '--help'])
  for (const option of ['--on', '--ready', '--detach', '--secret', '--json']) expect(stdout).toContain(option)
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
})
