import type { EcsDialect, LogsDialect } from '@berth/emulator'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import createProvider from './ecs/ecs-provider.ts'
import { ecsWorld } from './ecs/ecs-world.ts'
import { chosenChapters } from './emulated/chosen-chapters.ts'
import { chosenDialect } from './emulated/chosen-dialect.ts'
import { withoutSandbox } from './emulated/without-sandbox.ts'

/** The whole takes five minutes: BERTH_CONFORMANCE=whole. These find the most of what is the service's own. */
const USUAL: readonly ChapterName[] = [
  'check',
  'lifecycle',
  'readiness',
  'logs',
  'exec',
  'secrets',
  'idempotency',
  'finding',
  'errors',
  'refusals',
]

const dialects = { ecs: chosenDialect<EcsDialect>('ECS'), logs: chosenDialect<LogsDialect>('LOGS') }
const { world, dispose } = await ecsWorld('process', { dialects })
describe('AWS ECS on Fargate, emulated on process', () => {
  const runner = { describe, it: withoutSandbox(it), beforeAll, afterAll }
  runConformance(runner, createProvider, world, { chapters: chosenChapters(USUAL) })
  afterAll(dispose)
})
