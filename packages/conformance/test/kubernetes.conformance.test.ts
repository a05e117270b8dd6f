import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import createProvider from './kubernetes/kubernetes-provider.ts'
import { kubernetesWorld } from './kubernetes/kubernetes-world.ts'

/** Starts and removals take a node seconds, so that the whole takes ten minutes; these hold what is most of the adapter's own. */
const USUAL: readonly ChapterName[] = ['lifecycle', 'exec']
const named = process.env.BERTH_CHAPTERS?.split(',') as ChapterName[] | undefined
const chapters = process.env.BERTH_CONFORMANCE === 'whole' ? named : (named ?? USUAL)

if (process.env.LAB_KUBERNETES === undefined) {
  describe('the contract, by kubernetes', () => {
    it.skip(
      'needs a Kubernetes cluster and its images: set LAB_KUBERNETES, KUBECONFIG, LAB_REGISTRY and LAB_IMAGE_BUSYBOX',
    )
  })
} else {
  runConformance({ describe, it, beforeAll, afterAll }, createProvider, kubernetesWorld, { chapters })
}
