import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld } from './aci/aci-world.ts'

// As recorded in 2019: readiness is then watched from its first moment.
const { world, dispose } = await aciWorld('process', { dialects: { aci: { address: 'accepted' } } })
describe('Azure Container Instances that tell the address at once, emulated on process', () => {
  runConformance({ describe, it, beforeAll, afterAll }, createProvider, world, {
    chapters: ['readiness', 'timeline'],
  })
  afterAll(dispose)
})
