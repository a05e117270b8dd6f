import {
  BerthError,
  type CreateContext,
  type Created,
  type GroupPlan,
  type Instant,
  type Observation,
} from '@berth/core'
import { convertPlanToDocker, type DockerGroup } from './convert-plan-to-docker.ts'
import { createContainer, type MadeContainer } from './create-container.ts'
import type { Creation } from './creation.ts'
import { type DockerHost, whileIn } from './docker-host.ts'
import { ensurePauseImage } from './engine/index.ts'
import { inspectGroup } from './inspect-group.ts'
import { type EngineLocation, locateEngine } from './map-docker-addresses.ts'
import { mapDockerState } from './map-docker-state.ts'
import { removeGroup } from './remove-group.ts'
import { runInitContainer } from './run-init-container.ts'
import { startContainer } from './start-container.ts'
import { together } from './together.ts'

/** After these core takes it that nothing was made, and does not look. */
const MADE_NOTHING: ReadonlySet<string> = new Set(['invalid-spec', 'unsupported', 'conflict'])

/** Makes a plan's containers and starts them. With the image there and no files it takes three calls: create, start, inspect. */
export async function createGroup(
  host: DockerHost,
  plan: GroupPlan,
  context: CreateContext,
): Promise<Created> {
  const location = locateEngine(await host.engine.endpoint())
  refuseUnreachable(plan, location)
  const platform = plan.architecture === undefined ? host.platform : `linux/${plan.architecture}`
  const creation: Creation = { host, plan, context, platform, notes: new Set(), made: 0 }
  return await whileIn(host.creating, plan.name, async () => {
    try {
      const group = await convertPlanToDocker(plan)
      const addressedFrom = await (group.holder ? startGroup : startSingle)(creation, group)
      const observation = await firstObservation(creation, location, addressedFrom)
      return { ref: plan.name, observation, notes: [...creation.notes] }
    } catch (error) {
      if (BerthError.isInstance(error) && MADE_NOTHING.has(error.code) && creation.made > 0) {
        await removeGroup(host, plan.name, AbortSignal.timeout(30_000), plan.tags['berth-owner']).catch(
          () => {
            throw error.with({ evidence: { left: [plan.name] } })
          },
        )
      }
      throw error
    }
  })
}

/** Gives the instant at which its network cannot have been there yet; undefined where it may have been. */
async function startSingle(creation: Creation, { main }: DockerGroup): Promise<Instant | undefined> {
  const { signal } = creation.context
  const made = await createContainer(creation, main, signal)
  const startedFrom = performance.now()
  await startContainer(creation, made, signal)
  return made.existing ? undefined : startedFrom
}

async function startGroup(creation: Creation, group: DockerGroup): Promise<Instant | undefined> {
  const { host, context } = creation
  const { holder, main, sidecars, init } = group
  await ensurePauseImage(host.engine, { signal: context.signal })
  let startedFrom: Instant | undefined
  const [, ...made] = await together<MadeContainer>(context.signal, [
    async (signal) => {
      const network = await createContainer(creation, holder ?? main, signal)
      if (!network.existing) startedFrom = performance.now()
      await startContainer(creation, network, signal)
      return network
    },
    ...[main, ...sidecars, ...init].map(
      (container) => (signal: AbortSignal) => createContainer(creation, container, signal),
    ),
  ])
  const others = made.slice(0, 1 + sidecars.length)
  const hasRun = others.some(({ existing }) => existing && existing.State.Status !== 'created')
  if (!hasRun) {
    for (const container of made.slice(others.length))
      await runInitContainer(creation, container, context.signal)
  }
  await together(
    context.signal,
    others.map((container) => (signal: AbortSignal) => startContainer(creation, container, signal)),
  )
  return startedFrom
}

/** The state right after the start. The event stream is there by then, so that nothing that follows is missed. */
async function firstObservation(
  { host, plan, context }: Creation,
  location: EngineLocation,
  addressedFrom: Instant | undefined,
): Promise<Observation> {
  await untilSettled(host.opening, context.signal)
  const inspected = await inspectGroup(host, plan.name, context.signal)
  const observation = mapDockerState(plan.name, inspected, location)
  if (observation.addresses.length > 0) {
    context.evidence({
      kind: 'sighting',
      mark: 'addressed',
      earliest: addressedFrom,
      latest: performance.now(),
      source: 'inspect answer',
    })
  }
  return observation
}

async function untilSettled(promises: ReadonlySet<Promise<unknown>>, signal: AbortSignal): Promise<void> {
  if (promises.size === 0) return
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    await Promise.race([Promise.allSettled(promises), aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** The default publishes for the engine's own machine. Where that is another one, nobody here could reach it. */
function refuseUnreachable({ expose, containers }: GroupPlan, { local, host }: EngineLocation): void {
  const [port] = containers.flatMap(({ ports }) => ports)
  if (local || port === undefined || (expose ?? 'local') !== 'local') return
  throw new BerthError({
    code: 'invalid-spec',
    message: `expose: 'local' would publish port ${port.port} on ${host} for that machine alone; ask for expose: 'public', or 'private' where its network reaches here`,
  })
}
