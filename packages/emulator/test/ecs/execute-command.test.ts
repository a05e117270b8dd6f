import { ExecuteCommandCommand, type Session } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Aws, startAws } from '../aws.ts'
import { eventually } from '../azure.ts'
import { reals } from '../real.ts'
import { openSession } from './session-client.ts'

/** A task that runs and takes commands. */
async function runWithAgent(aws: Aws, image: string): Promise<string> {
  const command = ['while :; do sleep 0.1; done']
  const definition = await aws.register([{ image, entryPoint: ['sh', '-c'], command }], {
    taskRoleArn: aws.taskRoleArn,
  })
  const { taskArn = '' } = await aws.run(definition, { enableExecuteCommand: true })
  await aws.until(taskArn, ({ containers }) => containers?.[0]?.managedAgents?.[0]?.lastStatus === 'RUNNING')
  return taskArn
}

async function execute(aws: Aws, task: string, command: string): Promise<Session> {
  const { session } = await aws.ecs.send(new ExecuteCommandCommand({ task, command, interactive: true }))
  return session ?? {}
}

describe.each(reals)('ExecuteCommand on $kind', ({ kind, image, options }) => {
  let aws: Aws
  let task: string
  beforeAll(async () => {
    aws = await startAws(options)
    task = await runWithAgent(aws, image)
  })
  afterAll(() => (aws as Aws | undefined)?.emulator.close())

  it('runs a command over the data channel', async () => {
    const session = await openSession(await execute(aws, task, 'sh'))
    session.resize(100, 30)
    session.type('echo "sum: $((20 + 22))"\n')
    if (kind === 'docker') session.type('stty size\n')
    session.type('exit\n')
    expect(await session.closed).toBe(1000)
    expect(session.output()).toContain('sum: 42')
    if (kind === 'docker') expect(session.output()).toContain('30 100')
    expect(session.frames.at(-1)?.type).toBe('channel_closed')
    const acknowledged = session.frames.filter(({ type }) => type === 'acknowledge')
    expect(acknowledged.length).toBeGreaterThanOrEqual(4)
  })

  it('takes a command apart as a shell does', async () => {
    const session = await openSession(await execute(aws, task, `/bin/sh -c 'printf "[%s]" "a b" c'`))
    await session.closed
    expect(session.output()).toBe('[a b][c]')
  })

  it('puts what comes out of order in order, and sends again what is not acknowledged', async () => {
    const session = await openSession(await execute(aws, task, 'cat'), { acknowledges: false })
    session.swapNext()
    session.type('first ')
    session.type('second\n')
    await eventually(session.output).toContain('first second')
    await eventually(
      () => session.frames.filter(({ payloadType }) => payloadType === 5).length,
    ).toBeGreaterThan(1)
    session.close()
  })
})

it('a session is for who has its token, once', async () => {
  await using aws = await startAws({ ...reals[0]?.options })
  const task = await runWithAgent(aws, 'berth/shell')
  const promised = await execute(aws, task, 'cat')
  const wrong = await openSession({ ...promised, tokenValue: 'guessed' })
  expect(await wrong.closed).toBe(1008)
  const right = await openSession(promised)
  await expect(openSession(promised)).rejects.toThrow('404')
  right.close()
})

it('what cannot be started is told as the channel closes', async () => {
  await using aws = await startAws({ ...reals[0]?.options })
  const task = await runWithAgent(aws, 'berth/shell')
  const session = await openSession(await execute(aws, task, '/no/such/program'))
  await session.closed
  expect(JSON.parse(String(session.frames.at(-1)?.payload)).Output).toContain('Unable to start command')
})

it('is refused where it was not enabled, or is not interactive', async () => {
  await using aws = await startAws()
  const definition = await aws.register([{}], { taskRoleArn: aws.taskRoleArn })
  const { taskArn: task = '' } = await aws.run(definition)
  await aws.until(task, ({ lastStatus }) => lastStatus === 'RUNNING')
  const refused = aws.ecs.send(new ExecuteCommandCommand({ task, command: 'sh', interactive: true }))
  await expect(refused).rejects.toThrow('execute command was not enabled when the task was run')
  const plain = aws.ecs.send(new ExecuteCommandCommand({ task, command: 'sh', interactive: false }))
  await expect(plain).rejects.toThrow('Interactive is the only mode supported currently.')
})

it('the agent may be late', async () => {
  await using aws = await startAws({ dialects: { ecs: { execAgentAfterInMs: 60_000 } } })
  const definition = await aws.register([{}], { taskRoleArn: aws.taskRoleArn })
  const { taskArn: task = '' } = await aws.run(definition, { enableExecuteCommand: true })
  await aws.until(task, ({ lastStatus }) => lastStatus === 'RUNNING')
  const early = aws.ecs.send(new ExecuteCommandCommand({ task, command: 'sh', interactive: true }))
  await expect(early).rejects.toMatchObject({ name: 'TargetNotConnectedException' })
})
