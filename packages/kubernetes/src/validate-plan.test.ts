import { http, secret, secretRef } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { planForTest } from '../test/plan-for-test.ts'
import { validatePlan } from './validate-plan.ts'

describe('validatePlan', () => {
  it.each([
    [{ env: { '1st': 'x' } }, /did you mean _1st\?/],
    [{ env: { PASSWORD: secretRef('no-key') } }, /<name of the Secret>\/<key>/],
    [{ memory: '1Mi' }, /6Mi/],
    [{ files: { '/etc/a:b': 'x' } }, /':'/],
    [{ labels: { team: 'blue and green' } }, /did you mean 'blue-and-green'\?/],
    [{ labels: { 'no/such/key': 'x' } }, /no key of a Kubernetes label/],
    [{ volumes: { data: { kind: 'config-map' } } }, /\{ name: 'settings' \}/],
    [{ volumes: { data: { kind: 'empty', options: { size: 1 } } } }, /no such option/],
    [{ volumes: { data: { kind: 'secret' } } }, /holds nothing/],
    [{ volumes: { data: { kind: 'secret', options: { '../x': secret('s') } } } }, /within the volume/],
    [{ options: { kubernetes: { runtimeClassName: 'No Name' } } }, /runtimeClassName/],
    [{ options: { kubernetes: { podSpec: { containers: [] } } } }, /podSpec\.containers/],
    [{ options: { kubernetes: { annotations: { 'berth-expires': 'never' } } } }, /kept for Berth/],
  ] as const)('refuses %j with the mend', async (spec, message) => {
    const planned = await planForTest(spec as Parameters<typeof planForTest>[0])
    expect(() => validatePlan(planned)).toThrow(message)
    expect(() => validatePlan(planned)).toThrow(expect.objectContaining({ code: 'invalid-spec' }))
  })

  it('refuses a health check that no node makes', async () => {
    const planned = await planForTest({ ports: [80], health: { probe: http('/', { status: 204 }) } })
    expect(() => validatePlan(planned)).toThrow(expect.objectContaining({ code: 'unsupported' }))
  })

  it('takes what fits', async () => {
    validatePlan(
      await planForTest({
        labels: { 'example.com/team': 'blue', empty: '' },
        env: { 'dotted.name': 'x', PASSWORD: secretRef('store/password') },
        volumes: { keys: { kind: 'secret', options: { secretName: 'tls' } } },
        options: { kubernetes: { nodeSelector: { disk: 'ssd' }, service: 'NodePort' } },
      }),
    )
  })
})
