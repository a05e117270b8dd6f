import type { AciDialect } from '@berth/emulator'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld } from './aci/aci-world.ts'
import { chosenChapters, OF_THE_BACKEND } from './emulated/chosen-chapters.ts'
import { chosenDialect } from './emulated/chosen-dialect.ts'

if (process.env.LAB_DOCKER === undefined) {
  describe('Azure Container Instances, emulated on docker', () => {
    it.skip('needs a Docker Engine and its images: set LAB_DOCKER and LAB_IMAGE_BUSYBOX')
  })
} else {
  const dialects = { aci: chosenDialect<AciDialect>('ACI') }
  const { world, dispose } = await aciWorld('docker', { dialects })
  describe('Azure Container Instances, emulated on docker', () => {
    const chapters = chosenChapters(OF_THE_BACKEND)
    runConformance({ describe, it, beforeAll, afterAll }, createProvider, world, { chapters })
    afterAll(dispose)
  })
}
