// Runs every example as its reader would, and fails where one does.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run-step.mjs'

const folder = join(root, 'examples')
let failed = 0
/** One file each, or a folder with a `main.ts`. */
const examples = readdirSync(folder).flatMap((name) => {
  if (/^[a-z-]+\.ts$/.test(name)) return [name]
  return existsSync(join(folder, name, 'main.ts')) ? [`${name}/main.ts`] : []
})
for (const name of examples) {
  console.log(`-- examples/${name}`)
  if (!run(process.execPath, [name], { cwd: folder, timeout: 120_000 })) {
    console.error(`examples/${name} failed`)
    failed += 1
  }
}
process.exitCode = failed === 0 ? 0 : 1
