import type { AciDialect } from '@berth/emulator'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld } from './aci/aci-world.ts'
import { chosenDialect } from './emulated/chosen-dialect.ts'
import { withoutSandbox } from './emulated/without-sandbox.ts'

const { world, dispose } = await aciWorld('process', { dialects: { aci: chosenDialect<AciDialect>('ACI') } })
describe('Azure Container Instances, emulated on process', () => {
  runConformance({ describe, it: withoutSandbox(it), beforeAll, afterAll }, createProvider, world)
  afterAll(dispose)
})
