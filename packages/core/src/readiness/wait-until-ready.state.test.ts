import { describe, expect, it } from 'vitest'
import type { ContainerObservation } from '../contract/observation.ts'
import type { Probe } from '../contract/probe.ts'
import { exited, health, started } from './probes.ts'
import { ObservedRun } from './testing/observed-run.ts'
import { waitUntilReady } from './wait-until-ready.ts'

function observed(more: Partial<ContainerObservation>): ContainerObservation {
  return { state: 'running', restartCount: 0, ...more }
}

const ended = (exitCode: number | undefined) => observed({ state: 'terminated', termination: { exitCode } })

/** A run whose containers are seen thus at first, and then otherwise. */
async function play(probe: Probe, first: Record<string, ContainerObservation>, then: Partial<ObservedRun>) {
  const run = new ObservedRun()
  run.containers = first
  const waiting = waitUntilReady(probe, run, { timeoutInMs: 100 })
  let early = false
  void waiting.then(
    () => {
      early = true
    },
    () => {},
  )
  await new Promise((resolve) => setImmediate(resolve))
  expect(early).toBe(false)
  run.change(then)
  try {
    return await waiting
  } finally {
    expect(run.listeners.size).toBe(0)
  }
}

describe('waitUntilReady with health()', () => {
  it('waits until the cloud says healthy, whatever it said before', async () => {
    const first = { main: observed({ health: 'unhealthy' }) }
    const readiness = await play(health(), first, { containers: { main: observed({ health: 'healthy' }) } })
    expect(readiness).toMatchObject({ description: 'container main is healthy', connects: false })
  })

  it('looks at the container that it names', async () => {
    const database = observed({ health: 'starting' })
    const first = { main: observed({ health: 'healthy' }), database }
    const healthy = { ...first, database: observed({ health: 'healthy' }) }
    const { description } = await play(health({ container: 'database' }), first, { containers: healthy })
    expect(description).toBe('container database is healthy')
  })

  it('says what the cloud said last', async () => {
    const unhealthy = { main: observed({ health: 'unhealthy' }) }
    await expect(play(health(), {}, { containers: unhealthy })).rejects.toMatchObject({
      code: 'timeout',
      evidence: { probe: 'container main is unhealthy' },
    })
    await expect(play(health(), {}, { containers: { main: observed({}) } })).rejects.toMatchObject({
      evidence: { probe: 'container main has no word on its health' },
    })
  })
})

describe('waitUntilReady with started()', () => {
  it('waits until the main container runs', async () => {
    const first = { main: observed({ state: 'waiting' }), sidecar: observed({}) }
    const { description } = await play(started(), first, { containers: { main: observed({}) } })
    expect(description).toBe('container main is running')
  })

  it('takes one that has already ended for started', async () => {
    const readiness = await play(started(), {}, { phase: 'stopped', containers: { main: ended(0) } })
    expect(readiness.source).toBe('started probe')
  })

  it('ends with a run that never started', async () => {
    const failing = play(started(), { main: observed({ state: 'waiting' }) }, { phase: 'gone' })
    await expect(failing).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('the run is gone'),
    })
  })
})

describe('waitUntilReady with exited()', () => {
  it('waits for the expected code', async () => {
    await play(exited(), { main: observed({}) }, { phase: 'stopped', containers: { main: ended(0) } })
    const { description } = await play(exited(3), {}, { containers: { main: ended(3) } })
    expect(description).toBe('container main exited with 3')
  })

  it('counts the end before a restart', async () => {
    const main = observed({ restartCount: 1, lastTermination: { exitCode: 0 } })
    await play(exited(), { main: observed({}) }, { containers: { main } })
  })

  it('waits on after another code as long as the run may go on', async () => {
    await expect(play(exited(), {}, { containers: { main: ended(1) } })).rejects.toMatchObject({
      code: 'timeout',
      evidence: { probe: 'container main exited with 1, expected 0' },
    })
  })

  it('ends with another code once the run has stopped', async () => {
    const failing = play(exited(), {}, { phase: 'stopped', containers: { main: ended(1) } })
    await expect(failing).rejects.toMatchObject({ code: 'exited', evidence: { exitCode: 1 } })
  })

  it('is unsupported where the cloud tells no code', async () => {
    const failing = play(exited(), {}, { phase: 'stopped', containers: { main: ended(undefined) } })
    await expect(failing).rejects.toMatchObject({ code: 'unsupported' })
  })
})
