import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import createProvider from './ecs/ecs-provider.ts'
import { chosenDialect, ecsWorld } from './ecs/ecs-world.ts'
import { withoutSandbox } from './ecs/without-sandbox.ts'

const { world, dispose } = await ecsWorld('process', { dialects: { ecs: chosenDialect() } })
describe('AWS ECS on Fargate, emulated on process', () => {
  runConformance({ describe, it: withoutSandbox(it), beforeAll, afterAll }, createProvider, world)
  afterAll(dispose)
})
