import { defineProject } from 'vitest/config'
import { projectConfig } from '../../vitest.base.ts'

/** The suites whose containers run on the engine. */
export const ON_AN_ENGINE = [
  'test/docker.conformance.test.ts',
  'test/aci-docker.conformance.test.ts',
  'test/ecs-docker.conformance.test.ts',
  'test/kubernetes.conformance.test.ts',
  'test/kubernetes-emulated-docker.conformance.test.ts',
]

export default defineProject(projectConfig('conformance-docker', { include: ON_AN_ENGINE }))
