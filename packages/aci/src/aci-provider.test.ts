import { describe, expect, it } from 'vitest'
import { aci } from './aci-provider.ts'

describe('aci', () => {
  it('reads and calls nothing when it is made', async () => {
    await using provider = aci()
    expect(provider.capabilities.name).toBe('aci')
    expect(process.getBuiltinModule('node:module').builtinModules).toBeDefined()
  })

  it.each([
    [{ subscription: 'mine' }, /subscription 'mine' is not an id/],
    [{ resourceGroup: 'a/b' }, /resourceGroup/],
    [{ location: 'West US' }, /westeurope/],
    [{ apiVersion: 'latest' }, /2023-05-01/],
    [{ cloud: 'mars' as 'public' }, /public, government, china/],
    [{ endpoint: 'http://example' }, /unencrypted/],
    [{ quotas: { createsAnHour: 0 } }, /createsAnHour/],
  ])('refuses %j', (options, message) => {
    expect(() => aci(options)).toThrow(message)
  })
})
