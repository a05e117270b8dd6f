import type { AciDialect } from '@berth/emulator'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { runConformance } from '../src/index.ts'
import createProvider from './aci/aci-provider.ts'
import { aciWorld } from './aci/aci-world.ts'
import { withoutTerminal } from './aci/without-terminal.ts'

// Child processes need nothing; with an engine the same suite runs over real containers.
const backend = process.env.BERTH_ACI_BACKEND === 'docker' ? 'docker' : 'process'
// How the service does what it is not known to do one way or the other: `{ "events": "empty" }`.
const dialect = JSON.parse(process.env.BERTH_ACI_DIALECT ?? '{}') as Partial<AciDialect>
const { world, dispose } = await aciWorld(backend, { dialects: { aci: dialect } })
const runner = { describe, it: backend === 'docker' ? it : withoutTerminal(it), beforeAll, afterAll }
describe(`Azure Container Instances, emulated on ${backend}`, () => {
  runConformance(runner, createProvider, world)
  afterAll(dispose)
})
