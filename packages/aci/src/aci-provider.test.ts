import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { aci } from './aci-provider.ts'

describe('aci', () => {
  it('loads no SDK, and reads and calls nothing, when it is made', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--conditions=@berth/source',
        '--input-type=module',
        '--eval',
        `import { registerHooks } from 'node:module'
       const loaded = []
       registerHooks({ resolve: (specifier, context, next) => {
         const resolved = next(specifier, context)
         if (resolved.url.includes('node_modules')) loaded.push(resolved.url)
         return resolved
       } })
       const { aci } = await import('@berth/aci')
       const provider = aci()
       await provider.close()
       console.log(JSON.stringify(loaded))`,
      ],
      { cwd: fileURLToPath(new URL('..', import.meta.url)) },
    )
    expect(JSON.parse(stdout)).toEqual([])
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
