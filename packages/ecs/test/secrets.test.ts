import { ECS } from '@aws-sdk/client-ecs'
import { BerthError, type ContainerSpec, http, secret, secretRef } from '@berth/core'
import type { EcsCapabilities } from '@berth/ecs'
import type { FaultEffect } from '@berth/emulator'
import { expect, it } from 'vitest'
import { canary, leaksIn } from '../../core/test/canary.ts'
import { emulated, HELLO } from './emulated.ts'

const PASSWORD = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:password'

async function errorOf(call: Promise<unknown>): Promise<BerthError> {
  const thrown = await call.then(
    () => new Error('it resolved'),
    (error: unknown) => error,
  )
  if (BerthError.isInstance(thrown)) return thrown
  throw thrown
}

it('a secret of the service arrives, and shows in nothing that is told of its run, no more than the key that signs', async () => {
  await using cloud = await emulated({ aws: { secrets: { [PASSWORD]: canary } } })
  const { provider } = cloud
  const told: Record<string, unknown> = {}
  {
    const progress: unknown[] = []
    await using run = await provider.run(
      {
        image: 'berth/shell',
        command: ['sh', '-c', 'echo "of $(printf %s "$PASSWORD" | wc -c) bytes"; exit 3'],
        env: { PASSWORD: secretRef(PASSWORD) },
      },
      { onProgress: (each) => progress.push(each) },
    )
    expect((await run.exited()).exitCode).toBe(3)
    const lines = await Array.fromAsync(run.logs(), ({ text }) => text.replace(/ +/g, ' '))
    expect(lines).toEqual([`of ${Buffer.byteLength(canary)} bytes`])
    const client = new ECS({})
    const tasks = await client.describeTasks({ tasks: [run.ref], include: ['TAGS'] })
    const [task] = tasks.tasks ?? []
    const definition = await client.describeTaskDefinition({ taskDefinition: task?.taskDefinitionArn })
    client.destroy()
    Object.assign(told, {
      run,
      progress,
      containers: run.containers,
      events: run.events,
      timeline: run.timeline,
      attempts: run.attempts,
      found: await provider.get(run.id),
      listed: await Array.fromAsync(provider.list()),
      tasks: tasks.tasks,
      definition: definition.taskDefinition,
    })
  }
  const swept = await provider.sweep({ dryRun: true })
  expect(leaksIn({ ...told, provider, swept, checked: await provider.check() })).toEqual([])
})

it.each<[string, FaultEffect]>([
  ['is refused', { kind: 'error', status: 400, code: 'AccessDeniedException', message: 'no' }],
  ['is throttled', { kind: 'throttle' }],
  ['finds no room', { kind: 'capacity', when: 'at-once' }],
])('the key that signs shows in no error of an order that %s', async (_what, effect) => {
  const faults = [{ match: { operation: 'RunTask' }, effect }]
  await using cloud = await emulated({ faults })
  const error = await errorOf(cloud.provider.run(HELLO))
  expect(leaksIn({ error, cause: error.cause })).toEqual([])
})

it('the key that signs shows in no error of a run whose secret cannot be had', async () => {
  await using cloud = await emulated()
  const spec = { ...HELLO, env: { PASSWORD: secretRef(PASSWORD) }, ready: http('/') }
  await using run = await cloud.provider.run(spec)
  const error = await errorOf(run.ready())
  expect(error.code).toBe('start-failed')
  expect(leaksIn({ error, run })).toEqual([])
})

it.each<[string, Partial<ContainerSpec<EcsCapabilities>>]>([
  ['a variable by value', { env: { PASSWORD: secret(canary) } }],
  ['a variable that is looked up', { env: { PASSWORD: secret(async () => canary) } }],
  ['a variable with a wrong name', { env: { [`WRONG=${canary}`]: secret(canary) } }],
  ['a label with a wrong key', { labels: { [`berth-${canary}`]: canary } }],
  ['an image named like the secret', { image: `not an image ${canary}`, env: { PASSWORD: secret(canary) } }],
])('the refusal of %s tells no secret', async (_what, wrong) => {
  await using cloud = await emulated()
  const error = await errorOf(cloud.provider.run({ ...HELLO, ...wrong }))
  expect(leaksIn({ error })).toEqual([])
  expect(cloud.calls()).not.toContain('RunTask')
})
