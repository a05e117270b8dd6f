import { configDefaults, defineProject } from 'vitest/config'
import { projectConfig } from '../../vitest.base.ts'
import { ON_AN_ENGINE } from './vitest.docker.config.ts'

export default defineProject(
  projectConfig('conformance', { exclude: [...configDefaults.exclude, ...ON_AN_ENGINE] }),
)
