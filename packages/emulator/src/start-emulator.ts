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
import { startGoogle } from './google/start-google.ts'
import { startKubernetes } from './kubernetes/start-kubernetes.ts'
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
    describe: (service) => {
      const described = new Set((service === undefined ? services : [service]).map(profiled))
      return describe(profile.nameFor([...described]), time.scale, backend.kind)
    },
    clocks,
    faults,
    profile,
    random,
    time,
    closing: closing.signal,
  }
  const started: { close(): Promise<void> }[] = [backend]
  const noted = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    try {
      const one = await starting
      started.unshift(one)
      return one
    } catch (error) {
      for (const one of started) await one.close()
      throw error
    }
  }
  const azure = await noted(startAzure({ world, log, services, options }))
  const aws = services.includes('ecs') ? await noted(startAws({ world, log, options })) : null
  const kubernetes = services.includes('kubernetes')
    ? await noted(startKubernetes({ world, log, options }))
    : null
  const google = services.includes('gke') ? await noted(startGoogle({ world, log, options })) : null

  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= (async () => {
      closing.abort(new Error('the emulator closes'))
      await Promise.all([azure.close(), aws?.close(), kubernetes?.close(), google?.close()])
      await backend.close()
    })()
    return closed
  }
  return {
    environment: {
      ...azure.environment,
      ...aws?.environment,
      ...kubernetes?.environment,
      ...google?.environment,
    },
    endpoints: { ...azure.endpoints, ...aws?.endpoints, ...kubernetes?.endpoints, ...google?.endpoints },
    seed: random.seed,
    backend: { kind: backend.kind, addressing: backend.addressing },
    description: world.describe(),
    clocks,
    azure: { tenantId: azure.account.tenantId, subscriptions: azure.account.subscriptions },
    ...(aws && { aws: { accountId: aws.account.accountId, region: aws.account.region } }),
    ...(google && {
      google: {
        project: google.account.project,
        location: google.account.location,
        clusters: Object.keys(google.account.clusters),
      },
    }),
    describeService: (service) => world.describe(service),
    describeStart: (service, image) => profile.describe({ service: profiled(service), image }),
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

/** Whose starts a service's are: what starts on a cluster of GKE is a Pod. */
function profiled(service: string): string {
  return service === 'gke' ? 'kubernetes' : service
}

/** `recorded profile (2018-2021, n = 2 to 8), 10 times faster, containers on docker` */
function describe(profile: string, scale: number, kind: Backend['kind']): string {
  const pace = scale === 1 ? '' : scale > 1 ? `, ${scale} times faster` : `, ${1 / scale} times slower`
  return `${profile}${pace}, containers on ${kind === 'none' ? 'nothing' : kind}`
}
