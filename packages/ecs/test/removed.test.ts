import { ecs } from '@berth/ecs'
import { expect, it } from 'vitest'
import { emulated, HELLO } from './emulated.ts'

/** Long enough that a run is removed before anything of it has run. */
const SLOW_TO_PLACE = { name: 'slow to place', durations: { placing: 3_000 } }

it('a run that is removed before it ran is not there, and no log of it, for whoever asks', async () => {
  await using cloud = await emulated({ profile: SLOW_TO_PLACE, timeScale: 1 })
  const run = await cloud.provider.run(HELLO)
  await run.remove()
  await expect(Array.fromAsync(run.logs())).rejects.toMatchObject({ code: 'not-found' })
  await using elsewhere = ecs()
  expect(await elsewhere.get(run.id)).toBeNull()
  expect(await Array.fromAsync(elsewhere.list())).toEqual([])
  expect(await cloud.tasks()).toEqual([])
})
