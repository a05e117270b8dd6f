import { docker } from '@berth/docker'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import { dockerWorld } from './docker/docker-world.ts'

if (process.env.LAB_DOCKER === undefined) {
  describe('the contract, by docker', () => {
    it.skip('needs a Docker Engine and its images: set LAB_DOCKER, LAB_REGISTRY and LAB_IMAGE_BUSYBOX')
  })
} else {
  runConformance({ describe, it, beforeAll, afterAll }, (overrides) => docker(overrides), dockerWorld)
}
