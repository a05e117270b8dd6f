import { defineProject } from 'vitest/config'
import { projectConfig } from '../../vitest.base.ts'

export default defineProject(projectConfig('gke'))
