import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import { emulatedClusterWorld } from './kubernetes/emulated-cluster-world.ts'
import createProvider from './kubernetes/kubernetes-provider.ts'

/** What child processes cannot show; the rest of the contract is the same on them, and held there. */
const OF_THE_BACKEND: readonly ChapterName[] = ['exec', 'sessions', 'files']
const named = process.env.BERTH_CHAPTERS?.split(',') as ChapterName[] | undefined
const chapters = process.env.BERTH_CONFORMANCE === 'whole' ? named : (named ?? OF_THE_BACKEND)

if (process.env.LAB_DOCKER === undefined) {
  describe('Kubernetes, emulated on docker', () => {
    it.skip('needs a Docker Engine and its images: set LAB_DOCKER and LAB_IMAGE_BUSYBOX')
  })
} else {
  const { world, dispose } = await emulatedClusterWorld('docker')
  describe('Kubernetes, emulated on docker', () => {
    runConformance({ describe, it, beforeAll, afterAll }, createProvider, world, { chapters })
    afterAll(dispose)
  })
}
