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

function configureHereAndThere(): void {
  writeFileSync(
    file('berth.config.ts'),
    `import { embedded } from '@berth/process'
     import type { BerthConfig } from '@berth/cli'
     export default { here: embedded(), there: embedded({ directory: ${JSON.stringify(file('there'))} }) } satisfies BerthConfig`,
  )
}

test('a configuration names the providers, and the first is the default', async () => {
  configureHereAndThere()
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

test('--on says where a run is looked for', async () => {
  configureHereAndThere()
  for (const on of ['here', 'there'])
    await place.run(['run', 'berth/hello', '-p', '80', '--detach', '--name', 'web', '--on', on])
  const several = await place.run(['logs', 'web'])
  expect(several.stderr).toContain("'web' could be 2 runs")
  expect((await place.run(['logs', 'web', '--on', 'there'])).exitCode).toBe(0)
  const elsewhere = await place.run(['rm', 'here/web', '--on', 'there'])
  expect(elsewhere.stderr).toContain("'here/web' is on here, and --on says there")
  expect(elsewhere.exitCode).toBe(2)
  expect((await place.run(['rm', 'web', '--on', 'there'])).stdout).toMatch(/^there\/web-/)
  expect((await place.run(['rm', 'web'])).stdout).toMatch(/^here\/web-/)
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
