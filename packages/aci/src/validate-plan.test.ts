import { secret } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { planForTest } from '../test/plan-for-test.ts'
import { validatePlan } from './validate-plan.ts'

const subnetIds = [
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/a',
]

describe('validatePlan', () => {
  it.each([
    [{ ports: [3389] }, 'invalid-spec', /3389 is reserved .* nearest is 3388/],
    [{ ports: [22] }, 'invalid-spec', /22 is reserved .* nearest is 21/],
    [{ ports: [25_000] }, 'invalid-spec', /25000 is reserved .* nearest is (?:19999|30001)/],
    [{ ports: [1, 2, 3, 4, 5, 6] }, 'invalid-spec', /6 are more than the 5/],
    [{ args: ['x'] }, 'unsupported', /whole command/],
    [{ workingDirectory: '/app' }, 'unsupported', /WORKDIR/],
    [{ env: { 'A-B': 'x' } }, 'invalid-spec', /write 'A_B'/],
    [{ env: { '1A': 'x' } }, 'invalid-spec', /write '_1A'/],
    [{ cpu: 0.123 }, 'invalid-spec', /write 0\.13, or fit: 'up'/],
    [{ cpu: 32 }, 'invalid-spec', /at most 31 vCPU/],
    [{ memory: '123Mi' }, 'invalid-spec', /write '0\.2Gi', or fit: 'up'/],
    [{ labels: { 'a/b': 'x' } }, 'invalid-spec', /write 'a\.b'/],
    [{ labels: { team: 'a', Team: 'b' } }, 'invalid-spec', /one tag/],
    [{ labels: { team: 'x'.repeat(257) } }, 'invalid-spec', /256/],
    [{ expose: 'private', ports: [80] }, 'invalid-spec', /subnetIds/],
    [{ expose: 'public', ports: [80], options: { aci: { subnetIds } } }, 'invalid-spec', /no public address/],
    [{ options: { aci: { dnsLabel: 'web-1' } } }, 'invalid-spec', /declare a port/],
    [{ ports: [80], options: { aci: { dnsLabel: 'Web' } } }, 'invalid-spec', /dnsLabel must be 5 to 63/],
    [{ ports: [80], options: { aci: { dnsLabel: '1-web-app' } } }, 'invalid-spec', /the first a letter/],
    [{ spot: true, cpu: 8 }, 'invalid-spec', /at most 4 vCPU/],
    [{ spot: true, ports: [80] }, 'invalid-spec', /no public address/],
    [{ volumes: { data: { kind: 'secret' } } }, 'invalid-spec', /password\.txt/],
    [{ volumes: { data: { kind: 'git-repo' } } }, 'invalid-spec', /repository: is missing/],
    [
      {
        volumes: {
          data: {
            kind: 'azure-file',
            options: { shareName: 's', storageAccountName: 'a', storageAccountKey: 'k' },
          },
        },
      },
      'invalid-spec',
      /secret\(…\)/,
    ],
    [{ volumes: { data: { kind: 'empty', options: { size: 1 } } } }, 'invalid-spec', /no such option/],
    [{ files: { '/top.txt': 'x' } }, 'invalid-spec', /'\/data\/top\.txt'/],
    [
      {
        files: { '/data/x': 'x' },
        volumes: { data: { kind: 'empty' } },
        mounts: [{ volume: 'data', path: '/data' }],
      },
      'invalid-spec',
      /volume data is mounted/,
    ],
    [{ files: { '/data/x y': 'x' }, options: { aci: { files: 'mount' } } }, 'invalid-spec', /rename it/],
    [
      { files: { '/data/x': { content: 'x', mode: 0o755 } }, options: { aci: { files: 'mount' } } },
      'invalid-spec',
      /mode 0o755/,
    ],
    [
      { files: { '/a/x': 'x', '/a/b/y': 'y' }, options: { aci: { files: 'mount' } } },
      'invalid-spec',
      /\/a\/b/,
    ],
    [{ options: { aci: { zone: '1' } } }, 'invalid-spec', /no such option, but .*zones/],
    [
      { options: { aci: { livenessProbes: { web: { exec: ['true'] } } } } },
      'invalid-spec',
      /no such container, but main/,
    ],
    [{ options: { aci: { livenessProbes: { main: {} } } } }, 'invalid-spec', /either exec or http/],
  ])('refuses %j', async (spec, code, message) => {
    const planned = await planForTest(spec as Parameters<typeof planForTest>[0])
    expect(() => validatePlan(planned)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    )
  })

  it('refuses two users for one registry', async () => {
    const of = (username: string) => ({ username, password: secret(`of ${username}`) })
    const planned = await planForTest({
      image: 'registry.example/a:1',
      registry: of('one'),
      sidecars: { beside: { image: 'registry.example/b:1', registry: of('two') } },
    })
    expect(() => validatePlan(planned)).toThrow(/two users, one and two/)
  })

  it('takes what can be', async () => {
    validatePlan(
      await planForTest({ ports: [80, 443], cpu: 0.25, memory: '1.5Gi', labels: { 'app.example': '' } }),
    )
    validatePlan(await planForTest({ command: ['a'], args: ['b'], workingDirectory: '/app' }))
    validatePlan(await planForTest({ memory: '1.5G' }))
    validatePlan(await planForTest({ ports: [80], options: { aci: { subnetIds } } }))
    validatePlan(await planForTest({ files: { '/a/x': 'x', '/a/b/y': { content: 'y', mode: 0o755 } } }))
  })
})
