import { docker } from '@berth/docker'
import type { EngineClient } from '@berth/docker/engine'
import { expect } from 'vitest'
import { busybox, forever, nginx } from '../use-docker.ts'
import { dockerWorld } from './docker-world.ts'

const ELSEWHERE = 'ffffffff.ffffffff.ffffffff.4000000.1.1'

/** What a sweep must not touch: what is others', what only looks like ours, and what of ours is still wanted. */
export async function startBystanders(engine: EngineClient, name: string) {
  const provider = docker({ engine, lease: '60s' })
  const runs = await Promise.all([
    provider.run({ image: nginx, name: `${name}-held`, ports: [80] }),
    provider.run({ image: nginx, name: `${name}-kept`, lifetime: 'keep' }),
    provider.run({ image: nginx, name: `${name}-leased`, lifetime: { lease: '1h' } }),
  ])
  const inAnHour = String(Math.ceil(Date.now() / 1_000) + 3_600)
  const tags = (run: string, expires: string) => ({
    'berth-run': run,
    'berth-owner': ELSEWHERE,
    'berth-expires': expires,
    'berth-token': 'a',
    'berth-spec': 'b',
    'berth-lifetime': 'scope',
  })
  const containers = {
    [`${name}-unlabelled`]: {},
    [`${name}-look-alike`]: {
      'berth-runx': name,
      'berth-expires': '1',
      'berth-owner': ELSEWHERE,
      berth: 'run',
    },
    [`${name}-empty`]: { ...tags('', '1') },
    [`${name}-elsewhere`]: tags(`${name}-elsewhere`, inAnHour),
    // Its first lease has passed, and another machine has renewed it.
    [`${name}-renewed`]: tags(`${name}-renewed`, '1'),
  }
  await Promise.all(
    Object.entries(containers).map(async ([container, labels]) => {
      const body = { Image: busybox, Cmd: forever, Labels: labels, HostConfig: { NetworkMode: 'none' } }
      const { Id } = await engine.containers.create(body, { name: container })
      await engine.containers.start(Id)
    }),
  )
  const record = {
    ...tags(`${name}-renewed`, inAnHour),
    'berth-role': 'lease',
    'berth-renewed': String(Date.now()),
  }
  await Promise.all([
    engine.volumes.create({ Name: `berth-lease.${name}-renewed.${inAnHour}.by-hand`, Labels: record }),
    engine.volumes.create({ Name: `berth-lease.${name}-unlabelled.1.x` }),
    engine.volumes.create({ Name: `${name}-volume`, Labels: { 'berth-runx': name, 'berth-expires': '1' } }),
    engine.networks.create({ Name: `${name}-network`, Labels: { 'berth-runx': name, 'berth-expires': '1' } }),
  ])
  const before = await seen()
  return {
    /** Everything is as it was, running what it ran. The lease records of the run held here come and go. */
    async assertUntouched(story: string) {
      expect(await seen(), story).toEqual(before)
      for (const run of runs) {
        await run.refresh()
        expect(run.state, story).toMatch(/^(running|ready)$/)
      }
    },
    async remove() {
      await Promise.all(runs.map((run) => run.remove()))
      await Promise.all(Object.keys(containers).map((id) => engine.containers.remove(id, { force: true })))
      const left = await dockerWorld(engine, name)
      const named = (kind: string) =>
        left.flatMap(({ what }) => (what.startsWith(`${kind} `) ? [what.slice(kind.length + 1)] : []))
      await Promise.all(named('volume').map((volume) => engine.volumes.remove(volume)))
      await Promise.all(named('network').map((network) => engine.networks.remove(network)))
    },
  }

  async function seen(): Promise<string[]> {
    const things = await dockerWorld(engine, name)
    return things
      .map(({ what }) => what)
      .filter((what) => !what.startsWith(`volume berth-lease.${name}-held`))
      .sort()
  }
}
