import type { AciDialect } from '@berth/emulator'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld } from './aci/aci-world.ts'
import { chosenChapters, notHeldOnEngine } from './emulated/chosen-chapters.ts'
import { chosenDialect } from './emulated/chosen-dialect.ts'
import { withoutSandbox } from './emulated/without-sandbox.ts'

/** The whole takes five minutes: BERTH_CONFORMANCE=whole. These find the most; what is core's alone is held whole on process and docker. */
const USUAL: readonly ChapterName[] = [
  'check',
  'lifecycle',
  'readiness',
  'timeline',
  'logs',
  'exec',
  'sessions',
  'secrets',
  'idempotency',
  'finding',
  'errors',
  'refusals',
  'cancellation',
  'leases',
]

const { world, dispose } = await aciWorld('process', { dialects: { aci: chosenDialect<AciDialect>('ACI') } })
describe('Azure Container Instances, emulated on process', () => {
  const runner = { describe, it: withoutSandbox(it), beforeAll, afterAll }
  runConformance(runner, createProvider, world, { chapters: chosenChapters(notHeldOnEngine(USUAL)) })
  afterAll(dispose)
})
