import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import createProvider from './gke/gke-provider.ts'
import { gkeWorld } from './gke/gke-world.ts'
import { withoutFileSystem } from './kubernetes/without-file-system.ts'

/** What is Kubernetes' own is held by its own suites: these go through all that GKE adds. BERTH_CONFORMANCE=whole, or BERTH_CHAPTERS, for more. */
const USUAL: readonly ChapterName[] = ['check', 'lifecycle', 'finding', 'refusals']
const named = process.env.BERTH_CHAPTERS?.split(',') as ChapterName[] | undefined
const chapters = process.env.BERTH_CONFORMANCE === 'whole' ? named : (named ?? USUAL)

const { world, dispose } = await gkeWorld('process')
describe('Google Kubernetes Engine, emulated on process', () => {
  const runner = { describe, it: withoutFileSystem(it), beforeAll, afterAll }
  runConformance(runner, createProvider, world, { chapters })
  afterAll(dispose)
})
