import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import createProvider from './kubernetes/kubernetes-provider.ts'
import { kubernetesWorld } from './kubernetes/kubernetes-world.ts'

/** Only these, by name: the whole takes minutes. */
const chosen = process.env.BERTH_CHAPTERS?.split(',') as ChapterName[] | undefined

if (process.env.LAB_KUBERNETES === undefined) {
  describe('the contract, by kubernetes', () => {
    it.skip(
      'needs a Kubernetes cluster and its images: set LAB_KUBERNETES, KUBECONFIG, LAB_REGISTRY and LAB_IMAGE_BUSYBOX',
    )
  })
} else {
  runConformance({ describe, it, beforeAll, afterAll }, createProvider, kubernetesWorld, { chapters: chosen })
}
