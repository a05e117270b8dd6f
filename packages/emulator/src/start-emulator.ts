import { randomInt } from 'node:crypto'
import { startAzure } from './arm/start-azure.ts'
import { startAws } from './aws/start-aws.ts'
import type { Backend } from './backend/backend.ts'
import { createBackend } from './backend/create-backend.ts'
import { emulatedClocks } from './clock/emulated-clocks.ts'
import { EmulatedTime } from './clock/emulated-time.ts'
import type { Emulator } from './emulator.ts'
import { type EmulatorOptions, SERVICE_NAMES } from './emulator-options.ts'
import { FaultPlan } from './fault/fault-plan.ts'
import { chooseProfile } from './profile/choose-profile.ts'
import { Random } from './random/random.ts'
import { RequestLog } from './server/request-log.ts'
import type { World } from './world.ts'

/**
 * Starts the clouds' own wire protocols on loopback. Close it when you are done: it removes everything that it runs.
 * @throws TypeError, RangeError for options that cannot be meant; the system's error where a port is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const services = options.services ?? SERVICE_NAMES
  const unknown = services.filter((service) => !SERVICE_NAMES.includes(service))
  if (unknown.length > 0)
    throw new TypeError(`there is no service ${unknown.join(', ')}; there are ${SERVICE_NAMES.join(', ')}`)
  const random = new Random(options.seed ?? randomInt(2 ** 32))
  const time = new EmulatedTime(options.timeScale ?? 1)
  const profile = chooseProfile(options.profile ?? 'instant')
  const faults = new FaultPlan(random, options.faults)
  const clocks = emulatedClocks(options.clocks)
  const closing = new AbortController()
  const log = new RequestLog()
  const backend = await chooseBackend(options)
  const world: World = {
    backend,
    describe: (service) =>
      describe(profile.nameFor(service === undefined ? services : [service]), time.scale, backend.kind),
    clocks,
    faults,
    profile,
    random,
    time,
    closing: closing.signal,
  }
  const azure = await startAzure({ world, log, services, options }).catch(async (error: unknown) => {
    await backend.close()
    throw error
  })
  const aws = services.includes('ecs')
    ? await startAws({ world, log, options }).catch(async (error: unknown) => {
        await azure.close()
        await backend.close()
        throw error
      })
    : null

  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= (async () => {
      closing.abort(new Error('the emulator closes'))
      await Promise.all([azure.close(), aws?.close()])
      await backend.close()
    })()
    return closed
  }
  return {
    environment: { ...azure.environment, ...aws?.environment },
    endpoints: { ...azure.endpoints, ...aws?.endpoints },
    seed: random.seed,
    backend: { kind: backend.kind, addressing: backend.addressing },
    description: world.describe(),
    clocks,
    azure: { tenantId: azure.account.tenantId, subscriptions: azure.account.subscriptions },
    ...(aws && { aws: { accountId: aws.account.accountId, region: aws.account.region } }),
    describeService: (service) => world.describe(service),
    describeStart: (service, image) => profile.describe({ service, image }),
    addFault: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    requests: () => log.all(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function chooseBackend({ backend = 'auto', name = 'berth' }: EmulatorOptions): Promise<Backend> {
  return typeof backend === 'string' ? createBackend({ kind: backend, name }) : backend
}

/** `recorded profile (2018-2021, n = 2 to 8), 10 times faster, containers on docker` */
function describe(profile: string, scale: number, kind: Backend['kind']): string {
  const pace = scale === 1 ? '' : scale > 1 ? `, ${scale} times faster` : `, ${1 / scale} times slower`
  return `${profile}${pace}, containers on ${kind === 'none' ? 'nothing' : kind}`
}
