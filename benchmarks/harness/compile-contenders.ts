import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const CONTENDERS = new URL('../contenders/', import.meta.url)
const COMPILED = new URL('../node_modules/.cache/contenders/', import.meta.url)

/**
 * The program in which a contender runs, as the JavaScript that a user's own would be: Node.js' type stripping, loaded into the process that
 * is measured, leaves it a heap so full that the starts pay for a garbage collection that is not theirs. Each contender is a file of its own,
 * loaded by who needs it.
 */
export async function compileContenders(): Promise<string> {
  await build({
    entryPoints: [fileURLToPath(new URL('contender-host.ts', CONTENDERS))],
    outdir: fileURLToPath(COMPILED),
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node22',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  })
  return fileURLToPath(new URL('contender-host.mjs', COMPILED))
}
