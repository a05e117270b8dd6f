import { defineProject } from 'vitest/config'
import { projectConfig } from '../../vitest.base.ts'

/** The suites that act on all of an engine; those of an emulator know its own containers alone. */
export const ON_AN_ENGINE = ['test/docker.conformance.test.ts', 'test/kubernetes.conformance.test.ts']

export default defineProject(projectConfig('conformance-docker', { include: ON_AN_ENGINE }))
