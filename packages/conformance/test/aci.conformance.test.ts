import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld } from './aci/aci-world.ts'
import { withoutTerminal } from './aci/without-terminal.ts'

// Child processes need nothing; with an engine the same suite runs over real containers.
const backend = process.env.BERTH_ACI_BACKEND === 'docker' ? 'docker' : 'process'
const { world, dispose } = await aciWorld(backend)
const runner = { describe, it: backend === 'docker' ? it : withoutTerminal(it), beforeAll, afterAll }
describe(`Azure Container Instances, emulated on ${backend}`, () => {
  runConformance(runner, createProvider, world)
  afterAll(dispose)
})
