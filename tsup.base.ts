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
    tsconfig: '../../tsconfig.base.json',
    ...options,
  })
}
