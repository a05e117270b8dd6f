import type { UserWorkspaceConfig } from 'vitest/config'

/** Tests stand beside the source or under test/; packages are used from source, so no build is needed first. */
export function projectConfig(name: string): UserWorkspaceConfig {
  return {
    ssr: { resolve: { conditions: ['@berth/source'] } },
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      typecheck: { enabled: false },
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }
}
