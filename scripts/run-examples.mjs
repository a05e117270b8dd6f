// Runs every example as its reader would, and fails where one does.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run-step.mjs'

const folder = join(root, 'examples')
let failed = 0
for (const name of readdirSync(folder).filter((file) => /^[a-z-]+\.ts$/.test(file))) {
  console.log(`-- examples/${name}`)
  if (!run(process.execPath, [name], { cwd: folder, timeout: 120_000 })) {
    console.error(`examples/${name} failed`)
    failed += 1
  }
}
process.exitCode = failed === 0 ? 0 : 1
