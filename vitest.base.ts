import { fileURLToPath } from 'node:url'
import type { UserWorkspaceConfig } from 'vitest/config'
import { LANES } from './scripts/test-lanes.mjs'

const ORDER = [...LANES.processes, ...LANES.engine]
/** Of these the files share nothing and run side by side, more of them than a small machine has cores: they wait most of the time. */
const SIDE_BY_SIDE: ReadonlySet<string> = new Set(LANES.processes)
const FILES_SIDE_BY_SIDE = 4
const NODE_COMPILE_CACHE = fileURLToPath(new URL('node_modules/.cache/node', import.meta.url))

/** Tests stand beside the source or under test/; packages are used from source, so no build is needed first. */
export function projectConfig(
  name: string,
  files: { readonly include?: string[]; readonly exclude?: string[] } = {},
): UserWorkspaceConfig {
  return {
    ssr: { resolve: { conditions: ['@berth/source'] } },
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts', '*.test.mjs'],
      ...files,
      sequence: { groupOrder: ORDER.indexOf(name) },
      maxWorkers: SIDE_BY_SIDE.has(name) ? FILES_SIDE_BY_SIDE : 1,
      // Tests start hundreds of processes from source: stripped of their types and compiled once, they take a third of the processor's time.
      env: { NODE_COMPILE_CACHE },
      // A machine that is shared stalls now and then. What passes only then is said at the end of a check.
      retry: 1,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }
}
