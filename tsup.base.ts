import { defineConfig, type Options } from 'tsup'

/** The one place that knows how a package of ours is built: ESM for the oldest Node.js we support, with types. */
export function packageConfig(options: Options = {}) {
  return defineConfig({
    entry: ['src/index.ts'],
    format: 'esm',
    target: 'node22',
    platform: 'node',
    dts: true,
    clean: true,
    splitting: true,
    sourcemap: true,
    treeshake: true,
    // Every import pays for each character that Node.js reads; names stay, and source maps tell the lines.
    minifyWhitespace: true,
    tsconfig: '../../tsconfig.base.json',
    ...options,
  })
}
