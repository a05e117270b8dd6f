import type { ContainerCreateBody, EngineClient } from '@berth/docker/engine'
import { nowInUs } from '@berth/process/runner'
import type { Started } from '../backend.ts'
import { mapStartError } from './map-start-error.ts'

/** Makes and starts a container; where it fails, nothing is left. @throws StartError */
export async function startContainer(
  engine: EngineClient,
  name: string,
  body: ContainerCreateBody,
): Promise<{ readonly id: string; readonly started: Started }> {
  let id: string | undefined
  try {
    id = (await engine.containers.create(body, { name })).Id
    const askedAt = now()
    await engine.containers.start(id)
    return { id, started: boundsOfStart(askedAt, now()) }
  } catch (error) {
    if (id !== undefined) await engine.containers.remove(id, { force: true, volumes: true })
    throw mapStartError(error, `container ${name} cannot be started`)
  }
}

/**
 * When the program's first instruction ran, by the call that started it: measured against what programs themselves say, it lies within the
 * call's last 15 % (10 ms at least), or up to 5 ms after the answer. The engine's own StartedAt is no better: written when it hears of it.
 */
function boundsOfStart(askedAt: number, answeredAt: number): Started {
  const tailInMs = Math.max(10, 0.15 * (answeredAt - askedAt))
  return { after: Math.max(askedAt, answeredAt - tailInMs), before: answeredAt + 5 }
}

function now(): number {
  return nowInUs() / 1000
}
