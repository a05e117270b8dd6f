import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run-step.mjs'

/** Every package that is published: its folder and its manifest. */
export function publishedPackages() {
  return readdirSync(join(root, 'packages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = join(root, 'packages', name)
      return { folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
    })
    .filter(({ manifest }) => !manifest.private)
}
