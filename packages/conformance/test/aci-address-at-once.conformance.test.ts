import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld } from './aci/aci-world.ts'

// As recorded in 2019: readiness is then watched from its first moment.
const backend = process.env.BERTH_ACI_BACKEND === 'docker' ? 'docker' : 'process'
const { world, dispose } = await aciWorld(backend, { dialects: { aci: { address: 'accepted' } } })
describe(`Azure Container Instances that tell the address at once, emulated on ${backend}`, () => {
  runConformance({ describe, it, beforeAll, afterAll }, createProvider, world, {
    chapters: ['readiness', 'ports', 'timeline'],
  })
  afterAll(dispose)
})
