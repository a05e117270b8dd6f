import { setTimeout as sleep } from 'node:timers/promises'
import { BerthError, type PlannedContainer } from '@berth/core'
import { awaitAnswer } from './await-answer.ts'
import { checkPlatform } from './check-platform.ts'
import type { DockerContainer } from './convert-plan-to-docker.ts'
import type { Creation } from './creation.ts'
import type { ContainerInspect } from './engine/index.ts'
import { ensurePauseImage } from './engine/index.ts'
import { isAbsent, isMissingImage, isNameTaken, mapDockerError } from './map-docker-error.ts'
import { pullImage } from './pull-image.ts'
import { putFiles } from './put-files.ts'

/** A container that is there. */
export interface MadeContainer extends DockerContainer {
  readonly id: string
  /** Set where an earlier call with the same token had made it, with its state then. */
  readonly existing: ContainerInspect | undefined
}

/**
 * A name that is taken without a container to be seen is of one that is being made or removed just now: it is tried again so often, with
 * pauses that add up to some seconds.
 */
const NAME_TRIES = 16
const LONGEST_PAUSE_IN_MS = 250

/**
 * Makes one container, with its files, and does not start it. The image is pulled only when the engine says that it lacks it: asking
 * first would cost every start a call. One that is there already is taken over where it is of the same token and spec.
 */
export async function createContainer(
  creation: Creation,
  container: DockerContainer,
  signal: AbortSignal,
): Promise<MadeContainer> {
  try {
    const { id, existing } = await createOrAdopt(creation, container, signal)
    const { planned } = container
    // Also those of a container that was there but never ran: whoever made it may have died between the two.
    if (planned?.files.length && (existing === undefined || existing.State.Status === 'created')) {
      await putFiles(creation.host.engine, id, planned, signal)
    }
    return { ...container, id, existing }
  } catch (error) {
    throw mapDockerError(error, { ref: container.name, image: container.body.Image })
  }
}

async function createOrAdopt(
  creation: Creation,
  container: DockerContainer,
  signal: AbortSignal,
): Promise<Pick<MadeContainer, 'id' | 'existing'>> {
  let pulled = false
  for (let tries = 1; ; tries += 1) {
    try {
      return { id: await create(creation, container, signal), existing: undefined }
    } catch (error) {
      if (isMissingImage(error) && !pulled) {
        await obtainImage(creation, container.planned, signal)
        pulled = true
      } else if (isNameTaken(error) && tries <= NAME_TRIES) {
        const existing = await adopt(creation, container.name, signal)
        if (existing === undefined) {
          await pause(Math.min(2 ** tries, LONGEST_PAUSE_IN_MS), signal)
          continue
        }
        creation.adopted ||= existing.Config.Labels?.['berth-owner'] !== creation.plan.tags['berth-owner']
        return { id: existing.Id, existing }
      } else throw error
    }
  }
}

async function create(creation: Creation, container: DockerContainer, signal: AbortSignal): Promise<string> {
  const { host, context, platform } = creation
  const { name, planned, body } = container
  // A pull may have taken minutes since the labels were written.
  const fresh = { ...body, Labels: { ...body.Labels, ...context.tags() } }
  const sentAt = performance.now()
  const { Id, Warnings } = await awaitAnswer(`creating ${name}`, signal, async () => {
    const answer = await host.engine.containers.create(fresh, { name, platform: planned && platform })
    context.made()
    return answer
  })
  const seen = {
    kind: 'sighting',
    earliest: sentAt,
    latest: performance.now(),
    source: 'create answer',
  } as const
  if (name === creation.first) context.evidence({ ...seen, mark: 'accepted' })
  if (planned) context.evidence({ ...seen, mark: 'created', container: planned.name })
  checkPlatform(Warnings ?? [], body.Image)
  for (const warning of Warnings ?? []) creation.notes.add(warning)
  return Id
}

async function obtainImage(
  creation: Creation,
  planned: PlannedContainer | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (planned) await pullImage(creation, planned, signal)
  // The holder's image is made here, not pulled; somebody has pruned it since this process made it.
  else await ensurePauseImage(creation.host.engine, { again: true, signal })
}

async function pause(inMs: number, signal: AbortSignal): Promise<void> {
  await sleep(inMs, undefined, { signal }).catch(() => signal.throwIfAborted())
}

/** What holds the name, if it is this very run; undefined where nothing is to be seen of it. */
async function adopt(
  { host, plan }: Creation,
  name: string,
  signal: AbortSignal,
): Promise<ContainerInspect | undefined> {
  const existing = await host.engine.containers.inspect(name, { signal })
  if (existing === null) return undefined
  if (existing.State.Status === 'removing') {
    await host.engine.containers
      .wait(existing.Id, { condition: 'removed', signal })
      .catch((error: unknown) => {
        if (!isAbsent(error)) throw error
      })
    return undefined
  }
  const labels = existing.Config.Labels ?? {}
  const sameToken = labels['berth-token'] === plan.tags['berth-token']
  if (sameToken && labels['berth-spec'] === plan.tags['berth-spec']) return existing
  throw new BerthError({
    code: 'conflict',
    message: sameToken
      ? `${name} is there already, made with the same token from another spec; use another token, or remove it first`
      : `the name ${name} is taken by a container that is not of this run; remove it first: docker rm -f ${name}`,
  })
}
