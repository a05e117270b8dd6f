import { describe, expect, it } from 'vitest'
import { startAws } from '../aws.ts'
import { eventually } from '../azure.ts'
import { reals } from '../real.ts'

const FOREVER = 'trap "exit 0" TERM; while :; do sleep 0.05; done'

describe.each(reals)('containers of a task on $kind', ({ kind, image, options }) => {
  const script = (text: string) => ({ image, entryPoint: ['sh', '-c'], command: [text] })

  it('start in the order of what they depend on, and share volumes', async () => {
    await using aws = await startAws({ ...options, timeScale: 20 })
    const path = kind === 'docker' ? '/shared' : 'shared'
    const mountPoints = [{ sourceVolume: 'shared', containerPath: path }]
    const definition = await aws.register(
      [
        {
          ...script(`cat ${path}/made && exit 7`),
          dependsOn: [
            { containerName: 'init', condition: 'SUCCESS' },
            { containerName: 'helper', condition: 'HEALTHY' },
          ],
          mountPoints,
        },
        { name: 'init', essential: false, ...script(`sleep 0.2; echo made > ${path}/made`), mountPoints },
        {
          name: 'helper',
          essential: false,
          ...script(FOREVER),
          healthCheck: { command: ['CMD-SHELL', `test -f ${path}/made`], interval: 5, retries: 10 },
          mountPoints,
        },
      ],
      { volumes: [{ name: 'shared' }] },
    )
    const { taskArn = '' } = await aws.run(definition)
    const { containers, stopCode } = await aws.stopped(taskArn)
    const exitCodes = Object.fromEntries((containers ?? []).map(({ name, exitCode }) => [name, exitCode]))
    expect(exitCodes).toEqual({ main: 7, init: 0, helper: 0 })
    expect(stopCode).toBe('EssentialContainerExited')
  })

  it('answer at the public address of their task', async () => {
    await using aws = await startAws(options)
    const port = 8080
    const server =
      kind === 'process'
        ? { image: 'berth/hello' }
        : script(`mkdir /site && printf hello > /site/index.html && exec httpd -f -h /site -p ${port}`)
    const definition = await aws.register([{ ...server, portMappings: [{ containerPort: port }] }])
    const { taskArn = '' } = await aws.run(definition)
    const task = await aws.until(taskArn, ({ lastStatus }) => lastStatus === 'RUNNING')
    const url = `http://${await aws.publicIp(task)}:${port}/`
    await eventually(async () => (await fetch(url).catch(() => null))?.status).toBe(200)
  })

  it('have the environment, the overrides and the secrets that they are given', async () => {
    const arn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:login-AbCdEf'
    await using aws = await startAws({ ...options, aws: { secrets: { [arn]: '{"user":"anna"}' } } })
    const definition = await aws.register(
      [
        {
          ...script('true'),
          environment: [
            { name: 'ONE', value: '1' },
            { name: 'TWO', value: '2' },
          ],
          secrets: [{ name: 'WHO', valueFrom: `${arn}:user::` }],
        },
      ],
      { executionRoleArn: aws.executionRoleArn },
    )
    const environment = [{ name: 'TWO', value: 'two' }]
    const command = ['test "$ONE $TWO $WHO $AWS_REGION" = "1 two anna us-east-1" && exit 9']
    const { taskArn = '' } = await aws.run(definition, {
      overrides: { containerOverrides: [{ name: 'main', command, environment }] },
    })
    expect((await aws.stopped(taskArn)).containers?.[0]?.exitCode).toBe(9)
  })

  it('are killed when they do not end in time', async () => {
    await using aws = await startAws(options)
    const definition = await aws.register([
      { ...script('trap "" TERM; while :; do sleep 0.05; done'), stopTimeout: 1 },
    ])
    const { taskArn = '' } = await aws.run(definition)
    await aws.until(taskArn, ({ lastStatus }) => lastStatus === 'RUNNING')
    // Until it has set its trap it ends at the first signal.
    await new Promise((resolve) => setTimeout(resolve, 300))
    await aws.stop(taskArn)
    expect((await aws.stopped(taskArn)).containers?.[0]?.exitCode).toBe(137)
  })
})

it('one that ignores its signal does not keep the emulator from closing', async () => {
  const aws = await startAws({ ...reals[0]?.options })
  const command = ['trap "" TERM; while :; do sleep 0.05; done']
  const definition = await aws.register([
    { image: 'berth/shell', entryPoint: ['sh', '-c'], command, stopTimeout: 120 },
  ])
  const { taskArn = '' } = await aws.run(definition)
  await aws.until(taskArn, ({ lastStatus }) => lastStatus === 'RUNNING')
  await new Promise((resolve) => setTimeout(resolve, 300))
  await aws.stop(taskArn)
  await aws.until(taskArn, ({ lastStatus }) => lastStatus === 'STOPPING')
  const closed = aws.emulator.close().then(() => 'closed')
  const graceEnds = new Promise((resolve) => setTimeout(resolve, 60_000, 'the grace went on').unref())
  expect(await Promise.race([closed, graceEnds])).toBe('closed')
})

it('one whose dependency fails is never started', async () => {
  await using aws = await startAws()
  const definition = await aws.register([
    { dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] },
    { name: 'init', image: 'none/exit:1', essential: false },
  ])
  const { taskArn = '' } = await aws.run(definition)
  const { stopCode, containers } = await aws.stopped(taskArn)
  expect(stopCode).toBe('TaskFailedToStart')
  expect(containers?.map(({ name, exitCode }) => [name, exitCode])).toEqual([
    ['main', undefined],
    ['init', 1],
  ])
})

it('a secret that is not there keeps a task from starting', async () => {
  await using aws = await startAws()
  const definition = await aws.register([{ secrets: [{ name: 'A', valueFrom: 'arn:aws:ssm:x' }] }], {
    executionRoleArn: aws.executionRoleArn,
  })
  const { taskArn = '' } = await aws.run(definition)
  expect((await aws.stopped(taskArn)).stoppedReason).toMatch(
    /^ResourceInitializationError: unable to pull secrets/,
  )
})

it('one that ran for long enough is started again where its policy says so', async () => {
  await using aws = await startAws({ timeScale: 1_000 })
  const restartPolicy = { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 60 }
  const definition = await aws.register([
    {},
    { name: 'again', image: 'none/exit:1-after-100', essential: false, restartPolicy },
    { name: 'short', image: 'none/exit:1-after-1', essential: false, restartPolicy },
    { name: 'done', image: 'none/exit:0-after-100', essential: false, restartPolicy },
  ])
  const { taskArn = '' } = await aws.run(definition)
  await new Promise((resolve) => setTimeout(resolve, 400))
  const { containers } = await aws.describe(taskArn)
  expect(containers?.map(({ lastStatus }) => lastStatus)).toEqual([
    'RUNNING',
    'RUNNING',
    'STOPPED',
    'STOPPED',
  ])
})
