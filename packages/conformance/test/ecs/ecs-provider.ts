import { ecs } from '@berth/ecs'
import type { CreateProvider } from '../../src/index.ts'

const MANY = 1_000

/** Where everything is stands in the environment, as the emulator has written it. The suite makes more runs a second than an account may. */
const createProvider: CreateProvider = (overrides) =>
  ecs({
    ...overrides,
    taskRole: 'ecsTaskRole',
    quotas: {
      runsASecond: MANY,
      changesASecond: MANY,
      definitionsASecond: MANY,
      readsASecond: MANY,
      logReadsASecond: MANY,
    },
  })
export default createProvider
