import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { projects: ['packages/*', 'packages/conformance/vitest.docker.config.ts', 'scripts'] },
})
