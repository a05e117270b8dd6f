import type { UserWorkspaceConfig } from 'vitest/config'

/**
 * One after the other where they share an engine: a test that sweeps acts on all of it. The quick ones come first, and files of one
 * package run side by side only where they share nothing.
 */
const ORDER = ['core', 'scripts', 'process', 'cli', 'docker', 'emulator', 'aci', 'conformance']
const SHARES_AN_ENGINE = new Set(['cli', 'docker', 'emulator', 'aci', 'conformance'])

/** Tests stand beside the source or under test/; packages are used from source, so no build is needed first. */
export function projectConfig(name: string): UserWorkspaceConfig {
  return {
    ssr: { resolve: { conditions: ['@berth/source'] } },
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts', '*.test.mjs'],
      sequence: { groupOrder: ORDER.indexOf(name) },
      ...(SHARES_AN_ENGINE.has(name) && { maxWorkers: 1 }),
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }
}
