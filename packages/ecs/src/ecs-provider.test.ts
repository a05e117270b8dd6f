import { describe, expect, it } from 'vitest'
import { ecs } from './index.ts'

describe('ecs()', () => {
  it('reads and calls nothing', () => {
    const provider = ecs({ region: 'eu-central-1' })
    expect(provider.name).toBe('ecs')
    expect(provider.emulated).toBeUndefined()
  })

  it.each([
    [{ region: 'Frankfurt' }, /region/],
    [{ cluster: 'with spaces' }, /cluster/],
    [{ endpoint: 'http://ecs.example' }, /unencrypted/],
    [{ endpoint: 'https://user:word@ecs.example' }, /without credentials/],
    [{ subnets: ['vpc-1'] }, /subnets/],
    [{ securityGroups: [] }, /name 1 to 5/],
    [{ ingressFrom: 'everybody' }, /ingressFrom/],
    [{ quotas: { runsASecond: 0 } }, /above 0/],
  ])('refuses %o', (options, words) => {
    expect(() => ecs(options)).toThrow(words)
  })

  it('takes plain http on this machine', () => {
    expect(() => ecs({ endpoint: 'http://127.0.0.1:4566' })).not.toThrow()
  })
})
