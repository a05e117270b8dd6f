import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ChapterName, runConformance } from '../src/index.ts'
import { emulatedClusterWorld } from './kubernetes/emulated-cluster-world.ts'
import createProvider from './kubernetes/kubernetes-provider.ts'
import { withoutFileSystem } from './kubernetes/without-file-system.ts'

/** The whole takes minutes: BERTH_CONFORMANCE=whole. These find the most of what is the cluster's own. */
const USUAL: readonly ChapterName[] = ['check', 'lifecycle', 'logs']
const named = process.env.BERTH_CHAPTERS?.split(',') as ChapterName[] | undefined
const chapters = process.env.BERTH_CONFORMANCE === 'whole' ? named : (named ?? USUAL)

const { world, dispose } = await emulatedClusterWorld('process')
describe('Kubernetes, emulated on process', () => {
  runConformance({ describe, it: withoutFileSystem(it), beforeAll, afterAll }, createProvider, world, {
    chapters,
  })
  afterAll(dispose)
})
