// Holds each package's public types against packages/*/api.txt, so that a change of the public surface shows in the diff of a change.
// `--update` writes them anew. Reads what `build` made.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { publishedPackages } from './packages.mjs'
import { root } from './run-step.mjs'

const update = process.argv.includes('--update')
const printer = ts.createPrinter({ removeComments: true })

function surfaceOf(folder) {
  const dist = join(folder, 'dist')
  const files = readdirSync(dist, { recursive: true })
    .filter((name) => name.endsWith('.d.ts'))
    // Shared chunks are named by a hash of their content, which is no part of the surface.
    .map((name) => ({ name, shown: name.replace(/-[\w-]{8}\.d\.ts$/, '.d.ts') }))
    .sort((a, b) => a.shown.localeCompare(b.shown))
  return files
    .map(({ name, shown }) => {
      const text = readFileSync(join(dist, name), 'utf8')
      const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest)
      return `// ${shown}\n${printer
        .printFile(source)
        .replace(/-[\w-]{8}\.js'/g, ".js'")
        .replace(/-[\w-]{8}\.js"/g, '.js"')}`
    })
    .join('\n')
}

let changed = 0
for (const { folder, manifest } of publishedPackages()) {
  const path = join(folder, 'api.txt')
  const surface = surfaceOf(folder)
  if (existsSync(path) && readFileSync(path, 'utf8') === surface) continue
  if (update) {
    writeFileSync(path, surface)
    console.log(`wrote ${relative(root, path)}`)
    continue
  }
  changed += 1
  console.error(`${manifest.name}: its public types are not those of ${relative(root, path)}`)
}
if (changed > 0) {
  console.error('look at the change, then: pnpm run api')
  process.exitCode = 1
}
