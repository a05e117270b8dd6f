import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, test } from 'vitest'
import { Place } from './run-berth.ts'

const place = new Place()
const file = (name: string) => join(place.directory, name)
symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), file('node_modules'))
writeFileSync(file('package.json'), '{ "type": "module" }')
afterEach(() => {
  for (const name of ['berth.config.ts', 'berth.config.mjs']) rmSync(file(name), { force: true })
})
afterAll(() => place.leave())

test('a configuration names the providers, and the first is the default', async () => {
  writeFileSync(
    file('berth.config.ts'),
    `import { embedded } from '@berth/process'
     import type { BerthConfig } from '@berth/cli'
     export default { here: embedded(), there: embedded({ directory: ${JSON.stringify(file('there'))} }) } satisfies BerthConfig`,
  )
  const started = await place.run(['run', 'berth/hello', '-p', '80', '--detach', '--name', 'one'])
  expect(started.stderr).toContain('on here, the first provider of berth.config.ts')
  const id = started.stdout.trim()
  expect(id).toMatch(/^here\/one-/)
  const { document } = await place.json(['ps'])
  expect((document as { runs: { id: string }[] }).runs.map((run) => run.id)).toEqual([id])
  expect((await place.run(['ps', '-q', '--on', 'there'])).stdout).toBe('')
  expect((await place.run(['rm', 'one'])).stdout.trim()).toBe(id)
  const listed = (await place.json(['providers'])).document as {
    providers: { name: string; source: string }[]
  }
  expect(listed.providers.map(({ name, source }) => `${name} ${source}`)).toEqual(
    expect.arrayContaining(['here berth.config.ts', 'there berth.config.ts', 'process convention']),
  )
})

test.each([
  ['berth.config.mjs', 'export const docker = 1', /must export an object of named providers/],
  ['berth.config.mjs', 'export default { local: 1 }', /'local' is no provider/],
  [
    'berth.config.mjs',
    "import 'not-installed-here'",
    /cannot be loaded: Cannot find package 'not-installed-here'.*install it/,
  ],
  ['berth.config.ts', 'enum Broken { a }\nexport default {}', /only strips types/],
  ['berth.config.mjs', 'throw new Error("on purpose")', /cannot be loaded: on purpose/],
])('%s with %j is wrong usage', async (name, text, says) => {
  writeFileSync(file(name), text)
  const { exitCode, stderr } = await place.run(['ps'])
  expect(stderr).toMatch(says)
  expect(exitCode).toBe(2)
})
