import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld, chosenDialect } from './aci/aci-world.ts'

/** What depends on where containers run; the rest of the contract is the same on child processes, and held there. */
const OF_THE_BACKEND: readonly ChapterName[] = [
  'lifecycle',
  'logs',
  'exec',
  'sessions',
  'environment',
  'files',
  'volumes',
  'groups',
  'endings',
]

if (process.env.LAB_DOCKER === undefined) {
  describe('Azure Container Instances, emulated on docker', () => {
    it.skip('needs a Docker Engine and its images: set LAB_DOCKER and LAB_IMAGE_BUSYBOX')
  })
} else {
  const { world, dispose } = await aciWorld('docker', { dialects: { aci: chosenDialect() } })
  describe('Azure Container Instances, emulated on docker', () => {
    runConformance({ describe, it, beforeAll, afterAll }, createProvider, world, {
      chapters: process.env.BERTH_CONFORMANCE === 'whole' ? undefined : OF_THE_BACKEND,
    })
    afterAll(dispose)
  })
}
