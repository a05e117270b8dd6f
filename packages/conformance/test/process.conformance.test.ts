import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import { processWorld } from './process/process-world.ts'

const { createProvider, world, dispose } = await processWorld()

runConformance({ describe, it, beforeAll, afterAll }, createProvider, world)
afterAll(dispose)
