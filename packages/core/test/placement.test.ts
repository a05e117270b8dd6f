import { describe, expect, test } from 'vitest'
import { BerthError, started } from '../src/index.ts'
import { MemoryCloud, memoryRegions } from './memory-cloud.ts'

const spec = { image: 'app', ready: started(), regions: ['attic', 'cellar'] }

describe('a run with several regions', () => {
  test('goes to the first that has room', async () => {
    const cloud = new MemoryCloud()
    await using run = await memoryRegions({ cloud }).run(spec)
    expect(cloud.groups.get(run.ref)?.plan.region).toBe('attic')
    expect(run.attempts).toMatchObject([{ provider: 'memory', place: 'attic' }])
  })

  test('leaves one that accepts it and then has no room, once what was made there is gone', async () => {
    const cloud = new MemoryCloud()
    cloud.full.add('attic')
    await using run = await memoryRegions({ cloud }).run(spec)
    expect([...cloud.groups.values()].map(({ plan }) => plan.region)).toEqual(['cellar'])
    expect(run.attempts).toMatchObject([
      { place: 'attic', error: { code: 'capacity' }, endedAt: expect.any(Date) },
      { place: 'cellar' },
    ])
    expect(cloud.calls.map(({ verb }) => verb).filter((verb) => verb !== 'poll')).toEqual([
      'create',
      'remove',
      'create',
    ])
    await run.ready()
    expect(run.timeline.total).toBeGreaterThan(2 * cloud.startInMs * 1_000 * 0.9)
  })

  test('leaves one that refuses it', async () => {
    const cloud = new MemoryCloud()
    const error = new BerthError({ code: 'quota', message: 'no more cores' })
    cloud.faults.push({ verb: 'create', when: 'before', error })
    await using run = await memoryRegions({ cloud }).run(spec)
    expect(run.attempts.map(({ place, error }) => [place, error?.code])).toEqual([
      ['attic', 'quota'],
      ['cellar', undefined],
    ])
  })

  test('leaves one that does not find room in time', async () => {
    const cloud = new MemoryCloud()
    cloud.startInMs = 120
    await using run = await memoryRegions({ cloud }).run(spec, { placementTimeout: '40ms' })
    expect(run.attempts.map(({ place, error }) => [place, error?.code])).toEqual([
      ['attic', 'timeout'],
      ['cellar', undefined],
    ])
    expect(cloud.groups.size).toBe(1)
  })

  test('tells of every try when none has room, and leaves nothing', async () => {
    const cloud = new MemoryCloud()
    cloud.full.add('attic')
    const refused = new BerthError({ code: 'capacity', message: 'no room' })
    const provider = memoryRegions({ cloud })
    const waiting = provider.run(spec)
    await new Promise((resolve) => setTimeout(resolve, 10))
    cloud.faults.push({ verb: 'create', when: 'before', error: refused })
    const error: unknown = await waiting.catch((thrown: unknown) => thrown)
    expect(BerthError.isInstance(error) && error.attempts.map(({ place }) => place)).toEqual([
      'attic',
      'cellar',
    ])
    expect(cloud.groups.size).toBe(0)
  })

  test('does not try elsewhere what is wrong everywhere', async () => {
    const cloud = new MemoryCloud()
    const error = new BerthError({ code: 'permission', message: 'no' })
    cloud.faults.push({ verb: 'create', when: 'before', error })
    await expect(memoryRegions({ cloud }).run(spec)).rejects.toMatchObject({ code: 'permission' })
    expect(cloud.count('create')).toBe(1)
  })

  test('leaves nothing when the caller gives up while it looks for a place', async () => {
    const cloud = new MemoryCloud()
    cloud.startInMs = 1_000
    const controller = new AbortController()
    const waiting = memoryRegions({ cloud }).run(spec, { signal: controller.signal })
    setTimeout(() => controller.abort(new Error('enough')), 40)
    await expect(waiting).rejects.toThrow('enough')
    expect(cloud.groups.size).toBe(0)
  })
})
