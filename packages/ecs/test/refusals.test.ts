import { BerthError, secretRef, started } from '@berth/core'
import { ecs } from '@berth/ecs'
import { describe, expect, it } from 'vitest'
import { emulated, HELLO } from './emulated.ts'

async function errorOf(call: Promise<unknown>): Promise<BerthError> {
  const thrown = await call.then(
    () => new Error('it resolved'),
    (error: unknown) => error,
  )
  if (BerthError.isInstance(thrown)) return thrown
  throw thrown
}

const EMPTY = { clusters: [], roles: [], openDefaultSecurityGroup: false } as const

describe('an account that is not as it should be', () => {
  it('has no such cluster: what makes it', async () => {
    await using cloud = await emulated({ aws: { clusters: [] } })
    const error = await errorOf(cloud.provider.run(HELLO))
    expect(error.code).toBe('not-found')
    expect(error.message).toMatch(/no cluster 'default' in us-east-1.*berth doctor ecs --fix/)
    const { status, items } = await cloud.provider.check()
    expect(status).toBe('failed')
    expect(items.find(({ name }) => name === 'cluster')).toMatchObject({
      status: 'failed',
      mend: 'berth doctor ecs --fix',
    })
    expect(await Array.fromAsync(cloud.provider.list())).toEqual([])
  })

  it('lets nobody in at a port: what makes a security group', async () => {
    await using cloud = await emulated({ aws: { openDefaultSecurityGroup: false } })
    const error = await errorOf(cloud.provider.run(HELLO))
    expect(error.code).toBe('not-found')
    expect(error.message).toMatch(/lets nobody in at tcp\/80.*berth doctor ecs --fix/)
    const run = await cloud.provider.run({ image: 'berth/hello', ready: started() })
    await run.remove()
  })

  it('has no execution role: what makes it', async () => {
    await using cloud = await emulated({ aws: { roles: [] } })
    const error = await errorOf(cloud.provider.run(HELLO))
    expect(error.code).toBe('permission')
    expect(error.message).toMatch(/ecsTaskExecutionRole.*berth doctor ecs --fix/)
    const { items } = await cloud.provider.check()
    expect(items.find(({ name }) => name === 'execution role')?.status).toBe('failed')
  })

  it('is signed in with a key that is not there, or a wrong secret: how to sign in', async () => {
    await using cloud = await emulated()
    const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } =
      cloud.emulator.environment
    for (const credentials of [
      { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey },
      { accessKeyId, secretAccessKey: 'not-the-secret' },
    ]) {
      const error = await errorOf(ecs({ credentials }).run(HELLO))
      expect(error.code).toBe('authentication')
      expect(error.message).toMatch(/aws sso login/)
      expect(JSON.stringify(error)).not.toContain('not-the-secret')
    }
    expect(await cloud.tasks()).toEqual([])
  })

  it('has nobody signed in: how to sign in', async () => {
    await using cloud = await emulated()
    expect(cloud.emulator.endpoints.aws).toBeDefined()
    const nobody = async () => {
      throw Object.assign(new Error('no profile'), { name: 'CredentialsProviderError' })
    }
    const error = await errorOf(ecs({ credentials: nobody }).run(HELLO))
    expect(error).toMatchObject({ code: 'authentication', retryable: false })
    expect(error.message).toMatch(/AWS_ACCESS_KEY_ID/)
  })

  it('cannot be reached', async () => {
    await using _ = await emulated()
    const error = await errorOf(ecs({ endpoint: 'http://127.0.0.1:9' }).run(HELLO))
    expect(error).toMatchObject({ code: 'unavailable', outcomeUnknown: false })
  })

  it('has no place left: another quota, or fewer runs', async () => {
    await using cloud = await emulated({ limits: { ecs: { vCpus: 0 } } })
    const error = await errorOf(cloud.provider.run(HELLO))
    expect(error.code).toBe('quota')
    expect(error.message).toMatch(/service-quotas/)
  })

  it('has no capacity, whether it says so at once or after it has accepted', async () => {
    for (const when of ['at-once', 'afterwards'] as const) {
      await using cloud = await emulated({
        faults: [{ match: { operation: 'RunTask' }, effect: { kind: 'capacity', when } }],
      })
      const error = await errorOf(
        cloud.provider.run(HELLO).then(async (run) => {
          await run.placed({ timeout: '20s' })
        }),
      )
      expect(error).toMatchObject({ code: 'capacity', retryable: true })
      expect(await cloud.tasks()).toEqual([])
    }
  })
})

describe('a spec that names what is not there', () => {
  it('a secret: which one, and who must be able to read it', async () => {
    const there = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:there-a1b2c3'
    await using cloud = await emulated({ aws: { secrets: { [there]: 'the word' } } })
    const shell = { image: 'berth/shell', command: ['sh', '-c', 'printf %s "$PASSWORD"'] }
    const good = await cloud.provider.run({ ...shell, env: { PASSWORD: secretRef(there) } })
    await good.exited()
    expect((await Array.fromAsync(good.logs())).map(({ text }) => text)).toEqual(['the word'])
    await good.remove()
    const gone = await cloud.provider.run({ ...shell, env: { PASSWORD: secretRef(`${there}x`) } })
    const error = await errorOf(gone.ready({ timeout: '20s' }))
    expect(error.code).toBe('start-failed')
    expect(error.message).toMatch(/there-a1b2c3x.*GetSecretValue/)
    await gone.remove()
  })

  it('a role of its own', async () => {
    await using cloud = await emulated()
    const options = { ecs: { taskRoleArn: 'arn:aws:iam::111122223333:role/nobody' } }
    const error = await errorOf(cloud.provider.run({ ...HELLO, options }))
    expect(error.code).toBe('permission')
    expect(error.message).toMatch(/role\/nobody/)
  })

  it('a command where no command can be run', async () => {
    await using cloud = await emulated()
    const run = await cloud.provider.run(HELLO)
    await run.ready()
    const error = await errorOf(run.exec(['true']))
    expect(error.code).toBe('unsupported')
    expect(error.message).toMatch(/berth doctor ecs --fix.*taskRole/)
    await run.remove()
  })
})

describe('a set-up', () => {
  it('makes what is missing, once, and its removal takes all of it and nothing else', async () => {
    await using cloud = await emulated({ aws: EMPTY })
    const made = await cloud.provider.setup()
    expect(made.items.map(({ name, outcome }) => `${outcome} ${name}`)).toEqual([
      'made cluster default',
      'made role ecsTaskExecutionRole',
      'made role berth-task',
      'made log group /berth/ecs',
      'made security group berth',
    ])
    expect((await cloud.provider.setup()).items.every(({ outcome }) => outcome === 'there')).toBe(true)
    expect((await cloud.provider.check()).status).toBe('ok')

    const run = await cloud.provider.run(HELLO)
    await run.ready()
    expect((await run.exec(['sh', '-c', 'exit 3'])).exitCode).toBe(3)
    const inUse = await cloud.provider.teardown()
    expect(inUse.items).toMatchObject([{ name: 'cluster default', outcome: 'kept' }])
    await run.remove()

    const foretold = await cloud.provider.teardown({ dryRun: true })
    expect((await cloud.provider.check()).status).toBe('ok')
    const removed = await cloud.provider.teardown()
    expect(removed.items).toEqual(foretold.items)
    expect(removed.items.map(({ name, outcome }) => `${outcome} ${name}`).toSorted()).toEqual(
      made.items.map(({ name }) => `removed ${name}`).toSorted(),
    )
    expect((await cloud.provider.check()).status).toBe('failed')
    expect((await cloud.provider.teardown()).items).toEqual([])
  })

  it('leaves what was there before', async () => {
    await using cloud = await emulated()
    await cloud.provider.setup()
    const removed = await cloud.provider.teardown()
    expect(removed.items.map(({ name, outcome }) => `${outcome} ${name}`)).toEqual([
      'kept cluster default',
      'removed security group berth',
      'removed log group /berth/ecs',
      'kept role ecsTaskExecutionRole',
      'removed role berth-task',
    ])
    const run = await cloud.provider.run(HELLO)
    await run.ready()
    await run.remove()
  })

  it('is made by the first run where that is asked for, once for all that begin together', async () => {
    await using cloud = await emulated({ aws: EMPTY }, { setup: true })
    const runs = await Promise.all([1, 2, 3].map(() => cloud.provider.run(HELLO)))
    await Promise.all(runs.map((run) => run.ready()))
    for (const once of [
      'CreateCluster',
      'CreateSecurityGroup',
      'AuthorizeSecurityGroupIngress',
      'RegisterTaskDefinition',
    ])
      expect(cloud.calls().filter((call) => call === once)).toHaveLength(1)
    await Promise.all(runs.map((run) => run.remove()))
  })
})

describe('task definitions', () => {
  it('are shared by runs of one spec, found again, and swept once no run uses them', async () => {
    await using cloud = await emulated({}, { keepDefinitions: '1ms' })
    const registered = () => cloud.calls().filter((call) => call === 'RegisterTaskDefinition').length
    const [one, two] = await Promise.all([
      cloud.provider.run({ ...HELLO, name: 'one' }),
      cloud.provider.run({ ...HELLO, name: 'two' }),
    ])
    await using other = ecs()
    const three = await other.run({ ...HELLO, name: 'three' })
    expect(registered()).toBe(1)
    expect((await cloud.provider.sweep()).tidied).toEqual([])
    for (const run of [one, two, three]) await run.remove()
    expect((await cloud.provider.sweep()).tidied, 'its tasks are still remembered').toEqual([])
  })

  it('that nobody remembers a task of are removed by a sweep, and registered anew when they are needed', async () => {
    await using cloud = await emulated(
      { dialects: { ecs: { stoppedKeptInMs: 1 } } },
      { keepDefinitions: '1ms' },
    )
    const run = await cloud.provider.run(HELLO)
    await run.remove()
    const foretold = await cloud.provider.sweep({ dryRun: true })
    expect(foretold.tidied).toEqual([expect.stringMatching(/^task definition berth-[0-9a-f]{40}:1$/)])
    expect((await cloud.provider.sweep()).tidied).toEqual(foretold.tidied)
    expect((await cloud.provider.sweep()).tidied).toEqual([])
    await using other = ecs()
    const again = await other.run(HELLO)
    await again.ready()
    await again.remove()
  })

  it('that another process has removed are registered anew', async () => {
    await using cloud = await emulated(
      { dialects: { ecs: { stoppedKeptInMs: 1 } } },
      { keepDefinitions: '1ms' },
    )
    const run = await cloud.provider.run(HELLO)
    await run.remove()
    await using other = ecs({ keepDefinitions: '1ms' })
    expect((await other.sweep()).tidied).toHaveLength(1)
    const again = await cloud.provider.run(HELLO)
    await again.ready()
    await again.remove()
  })
})
