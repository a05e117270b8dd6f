import { describe, expect, test } from 'vitest'
import { PROBE, recorder, seconds, within } from './testing/recorded-start.ts'

describe('sidecars', () => {
  test('are spans beside the path, and no part of its sum', () => {
    const start = recorder()
    start.add(within('started', 0, 10, 'main'))
    start.add(within('pull-started', 0, 10, 'proxy'))
    start.add(within('pull-ended', 90, 100, 'proxy'))
    start.detected({ upper: 300, lower: 290, unsteady: false }, PROBE)
    const { timeline } = start
    expect(timeline.spans).toEqual([
      {
        name: 'pull',
        container: 'proxy',
        start: 5_000,
        end: 95_000,
        sources: ['saw pull-started', 'saw pull-ended'],
      },
    ])
    expect(timeline.mark('pull-started')).toBeUndefined()
    expect(timeline.phases.map(({ name }) => name)).toEqual(['start', 'boot', 'detection'])
  })

  test('are located by what the path tells of the clocks', () => {
    const start = recorder()
    start.add(seconds('created', 100, 'node', 'main'), 60_000)
    start.add(within('created', 10_000, 10_010, 'main'))
    start.add(seconds('started', 110, 'node', 'proxy'), 60_000)
    start.add(seconds('exited', 130, 'node', 'proxy'), 60_000)
    const [span] = start.timeline.spans
    expect(span).toMatchObject({ name: 'run', container: 'proxy' })
    expect((span?.start ?? 0) / 1000).toBeGreaterThan(19_000)
    expect((span?.start ?? 0) / 1000).toBeLessThan(21_000)
  })

  test('that contradict themselves cost the path nothing', () => {
    const start = recorder()
    start.add(within('started', 0, 10, 'main'))
    start.add(within('created', 500, 600, 'proxy'))
    start.add(within('started', 100, 200, 'proxy'))
    expect(start.timeline.assumptions).toBe('declared')
  })
})
