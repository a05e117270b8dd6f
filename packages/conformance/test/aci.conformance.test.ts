import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld, chosenDialect } from './aci/aci-world.ts'
import { withoutTerminal } from './aci/without-terminal.ts'

const { world, dispose } = await aciWorld('process', { dialects: { aci: chosenDialect() } })
describe('Azure Container Instances, emulated on process', () => {
  runConformance({ describe, it: withoutTerminal(it), beforeAll, afterAll }, createProvider, world)
  afterAll(dispose)
})
