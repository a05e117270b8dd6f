import { BerthError, http, secret, secretRef } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { planForTest } from '../test/plan-for-test.ts'
import { validatePlan } from './validate-plan.ts'

async function refusalOf(spec: Parameters<typeof planForTest>[0]): Promise<string> {
  try {
    validatePlan(await planForTest(spec), false)
  } catch (error) {
    if (BerthError.isInstance(error)) return `${error.code}: ${error.message}`
    throw error
  }
  return 'it was taken'
}

describe('what the service cannot take', () => {
  const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`s${index}`, { image: 'a' }]))
  it.each([
    ['a secret by value', { env: { PASSWORD: secret('of nobody') } }, /unsupported.*PASSWORD.*secretRef/s],
    ['a reference to no secret', { env: { PASSWORD: secretRef('with spaces in it') } }, /Secrets Manager/],
    ['a health check by http', { ports: [80], health: { probe: http('/') } }, /unsupported.*exec\(/s],
    ['eleven containers', { sidecars: many }, /more than the 10 of a task/],
    ['a label that is no tag', { labels: { team: 'a,b' } }, /write 'a_b'/],
    [
      'an option that it does not have',
      { options: { ecs: { taskRole: 'x' } as object } },
      /there is no such option, but taskRoleArn/,
    ],
    ['an option of another form', { options: { ecs: { ephemeralStorage: 20 } } }, /from 21 to 200/],
    [
      'an option for another container',
      { options: { ecs: { readOnly: { web: true } } } },
      /no such container, but main/,
    ],
    ['a private address without a way out', { expose: 'private' }, /options\.ecs\.subnets/],
    ['a file system without its id', { volumes: { data: { kind: 'efs' } } }, /fileSystemId: is missing/],
    [
      'an option that a volume does not have',
      { volumes: { data: { kind: 'empty', options: { size: 1 } } } },
      /no such option; leave it out/,
    ],
    [
      'two disks',
      {
        volumes: {
          a: { kind: 'ebs', options: { sizeInGiB: 1, roleArn: 'arn:aws:iam::1:role/a' } },
          b: { kind: 'ebs', options: { sizeInGiB: 1, roleArn: 'arn:aws:iam::1:role/a' } },
        },
      },
      /of which a task has one/,
    ],
  ] as const)('%s', async (_, spec, words) => {
    const refusal = await refusalOf(spec as Parameters<typeof planForTest>[0]).catch(String)
    expect(refusal).toMatch(words)
    expect(refusal).not.toContain('of nobody')
  })

  it('is refused by name where the adapter has no such capability', async () => {
    await expect(planForTest({ files: { '/a': 'b' } } as object)).rejects.toThrow(
      /ecs does not support files/,
    )
    await expect(planForTest({ restart: 'always' } as object)).rejects.toThrow(/restart/)
  })
})
