import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import createProvider from './ecs/ecs-provider.ts'
import { chosenDialect, ecsWorld } from './ecs/ecs-world.ts'
import { withoutSandbox } from './ecs/without-sandbox.ts'

/** The whole takes five minutes: BERTH_CONFORMANCE=whole. These find the most. */
const USUAL: readonly ChapterName[] = [
  'check',
  'lifecycle',
  'readiness',
  'logs',
  'exec',
  'idempotency',
  'finding',
  'errors',
  'refusals',
  'cancellation',
  'leases',
]

const { world, dispose } = await ecsWorld('process', { dialects: { ecs: chosenDialect() } })
describe('AWS ECS on Fargate, emulated on process', () => {
  runConformance({ describe, it: withoutSandbox(it), beforeAll, afterAll }, createProvider, world, {
    chapters: process.env.BERTH_CONFORMANCE === 'whole' ? undefined : USUAL,
  })
  afterAll(dispose)
})
