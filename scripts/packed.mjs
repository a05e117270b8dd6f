// Packs every package as it would be published, checks the archives, installs them into a fresh application and uses them there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishedPackages } from './packages.mjs'
import { output } from './run-step.mjs'

const folder = mkdtempSync(join(tmpdir(), 'berth-packed-'))
const app = join(folder, 'app')
try {
  const archives = publishedPackages().map(({ folder: source, manifest }) => {
    const archive = join(folder, `${manifest.name.replace('@', '').replace('/', '-')}.tgz`)
    output('pnpm', ['pack', '--out', archive], { cwd: source })
    // publint and attw look at the archive, not at the folder: only that is what users get.
    output('pnpm', ['exec', 'publint', 'run', archive, '--strict'])
    output('pnpm', [
      'exec',
      'attw',
      archive,
      '--profile',
      'esm-only',
      '--no-emoji',
      ...(manifest.bin ? ['--exclude-entrypoints', '.'] : []),
    ])
    console.log(`${manifest.name}: packed, publint and attw have no complaint`)
    return { name: manifest.name, archive }
  })
  useInFreshApplication(archives)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function useInFreshApplication(archives) {
  output('mkdir', ['-p', app], { cwd: folder })
  const dependencies = Object.fromEntries(archives.map(({ name, archive }) => [name, `file:${archive}`]))
  const manifest = {
    name: 'fresh-application',
    private: true,
    type: 'module',
    dependencies,
    overrides: dependencies,
  }
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest, null, 2))
  writeFileSync(
    join(app, 'main.mjs'),
    `import { http } from '@berth/core'
import { embedded } from '@berth/process'
import { docker } from '@berth/docker'
import assert from 'node:assert/strict'

const here = embedded()
await using web = await here.run({ image: 'berth/hello', ports: [80], ready: http('/') })
await web.ready()
assert.equal(await (await fetch(web.url)).text(), 'hello\\n')
assert.equal(web.timeline.phases.reduce((sum, phase) => sum + phase.duration, 0), web.timeline.total)
assert.equal(docker().capabilities.name, 'docker')
console.log('fresh application: ready after', web.timeline.total / 1000, 'ms')
`,
  )
  output('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: app })
  process.stdout.write(output(process.execPath, ['main.mjs'], { cwd: app }))
  const help = output(join(app, 'node_modules', '.bin', 'berth'), ['--help'], { cwd: app })
  if (!help.includes('berth')) throw new Error(`berth --help says nothing of berth:\n${help}`)
  console.log('fresh application: berth --help answers')
}
