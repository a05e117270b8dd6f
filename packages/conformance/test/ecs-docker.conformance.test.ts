import type { EcsDialect, LogsDialect } from '@berth/emulator'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import createProvider from './ecs/ecs-provider.ts'
import { ecsWorld } from './ecs/ecs-world.ts'
import { chosenChapters, OF_THE_BACKEND } from './emulated/chosen-chapters.ts'
import { chosenDialect } from './emulated/chosen-dialect.ts'

/** How containers begin, speak and end on the engine is the emulator's doing, whichever service it emulates; so these take a minute. */
const HELD_BY_ACI: ReadonlySet<ChapterName> = new Set(['lifecycle', 'logs', 'exec', 'endings'])

if (process.env.LAB_DOCKER === undefined) {
  describe('AWS ECS on Fargate, emulated on docker', () => {
    it.skip('needs a Docker Engine and its images: set LAB_DOCKER and LAB_IMAGE_BUSYBOX')
  })
} else {
  const dialects = { ecs: chosenDialect<EcsDialect>('ECS'), logs: chosenDialect<LogsDialect>('LOGS') }
  const { world, dispose } = await ecsWorld('docker', { dialects })
  describe('AWS ECS on Fargate, emulated on docker', () => {
    const chapters = chosenChapters(OF_THE_BACKEND.filter((name) => !HELD_BY_ACI.has(name)))
    runConformance({ describe, it, beforeAll, afterAll }, createProvider, world, { chapters })
    afterAll(dispose)
  })
}
