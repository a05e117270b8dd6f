import { describe, expect, it } from 'vitest'
import { chooseProfile } from '../../src/profile/choose-profile.ts'
import { Random } from '../../src/random/random.ts'
import { groupBody, startAzure } from '../azure.ts'

const numbers = () => new Random(5).numbers('start')
const start = (image: string) => ({ service: 'aci', image })

describe('profiles', () => {
  it('instant takes no time of its own', () => {
    const drawn = chooseProfile('instant').draw(start('nginx'), numbers())
    expect(Object.values(drawn).every((inMs) => inMs === 0)).toBe(true)
  })

  it('recorded names its years and n, and draws within what was recorded', () => {
    const recorded = chooseProfile('recorded')
    expect(recorded.describe(start('127.0.0.1:5000/alpine:3'))).toBe('recorded 2018-2019 (alpine), n = 8')
    expect(recorded.describe(start('registry/nginx@sha256:0'))).toBe('recorded 2019 (nginx), n = 2')
    expect(recorded.describe(start('something-else'))).toBe('recorded 2019 (nginx), n = 2')
    const random = new Random(1)
    for (let draw = 0; draw < 100; draw += 1) {
      const { placing, pulling, creating, starting } = recorded.draw(
        start('alpine'),
        random.numbers(`${draw}`),
      )
      expect(placing).toBeGreaterThanOrEqual(3_000)
      expect(placing).toBeLessThanOrEqual(16_000)
      // Pulled was seen 5 to 18 s after the answer, Started 6 to 19.
      expect(placing + pulling + creating + starting).toBeLessThanOrEqual(21_000)
    }
    expect(() => recorded.describe({ service: 's3', image: 'a' })).toThrow('nothing was recorded of s3')
  })

  it('draw the same for the same seed', () => {
    const recorded = chooseProfile('recorded')
    expect(recorded.draw(start('nginx'), numbers())).toEqual(recorded.draw(start('nginx'), numbers()))
  })

  it('recorded tells of several services what is known of each', () => {
    const recorded = chooseProfile('recorded')
    expect(recorded.nameFor(['ecs'])).toBe('recorded profile (2019-2026, n = 2)')
    expect(recorded.nameFor(['aci', 'ecs', 's3'])).toBe(
      'recorded profile (aci 2018-2021, n = 2 to 8; ecs 2019-2026, n = 2)',
    )
  })

  it.each([
    [{ durations: { sleeping: 1 } }, 'no phase sleeping'],
    [{ durations: { placing: -1 } }, 'the duration of placing is -1'],
    [{ durations: { pulling: [2, 1] } }, 'the duration of pulling is [2,1]'],
  ])('refuse %j', (setting, message) => {
    expect(() => chooseProfile(setting as never)).toThrow(message)
  })

  it('give a start its durations, faster by the time scale', async () => {
    await using azure = await startAzure({ profile: 'recorded', timeScale: 40 })
    const words = 'recorded profile (2018-2021, n = 2 to 8), 40 times faster, containers on nothing'
    expect(azure.emulator.describeService('aci')).toBe(words)
    const { headers } = await fetch(azure.emulator.endpoints.arm ?? '')
    expect(headers.get('berth-emulator')).toBe(words)
    expect(azure.emulator.describeStart('aci', 'alpine')).toBe('recorded 2018-2019 (alpine), n = 8')
    await azure.call('PUT', 'web', groupBody({ container: { image: 'alpine' } }))
    const acceptedAt = performance.now()
    await azure.settled('web')
    const seconds = (from: number, to: number) => ((to - from) * 40) / 1_000
    expect(seconds(acceptedAt, performance.now())).toBeGreaterThan(4.9)
  })
})
