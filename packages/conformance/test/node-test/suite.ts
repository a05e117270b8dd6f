/** The suite as an adapter's author runs it with node's own test runner. Started by `node-test.test.ts`. */
import { after, before, describe, it } from 'node:test'
import { runConformance } from '../../src/index.ts'
import { processWorld } from '../process/process-world.ts'

const { createProvider, world, dispose } = await processWorld()

runConformance({ describe, it, before, after }, createProvider, world, { chapters: ['check', 'names'] })
after(dispose)
