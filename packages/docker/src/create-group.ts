import { BerthError, type CreateContext, type Created, type GroupPlan } from '@berth/core'
import { convertPlanToDocker } from './convert-plan-to-docker.ts'
import type { Creation } from './creation.ts'
import type { DockerHost } from './docker-host.ts'
import { type EngineLocation, locateEngine } from './engine-location.ts'
import { firstObservation } from './first-observation.ts'
import { startGroup } from './start-group.ts'

/** Makes a plan's containers and starts them. With the image there and no files it takes three calls: create, start, inspect. */
export async function createGroup(
  host: DockerHost,
  plan: GroupPlan,
  context: CreateContext,
): Promise<Created> {
  const location = locateEngine(await host.engine.endpoint())
  refuseUnreachable(plan, location)
  const group = await convertPlanToDocker(plan)
  const creation: Creation = {
    host,
    plan,
    context,
    platform: plan.architecture === undefined ? host.platform : `linux/${plan.architecture}`,
    notes: new Set(),
    first: (group.holder ?? group.main).name,
    adopted: false,
  }
  host.creating.set(plan.name, { events: [], evidence: [], asked: undefined })
  try {
    await startGroup(creation, group)
    const observation = await firstObservation(creation, location)
    return { ref: plan.name, observation, existed: creation.adopted, notes: [...creation.notes] }
  } finally {
    host.creating.delete(plan.name)
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
