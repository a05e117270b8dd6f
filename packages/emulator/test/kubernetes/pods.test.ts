import { expect, it } from 'vitest'
import { eventually, PODS, type Shown, startCluster } from './cluster.ts'

it('a Pod goes from its order to Running, and to nothing', async () => {
  await using cluster = await startCluster()
  const made = await cluster.run('web', { ports: [{ containerPort: 80 }] })
  expect(made).toMatchObject({
    kind: 'Pod',
    apiVersion: 'v1',
    spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 30, serviceAccountName: 'default' },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  })
  const running = await cluster.until('web', ({ status }) => status.phase === 'Running')
  expect(running).toMatchObject({
    spec: { nodeName: 'node-1' },
    status: {
      podIP: expect.stringMatching(/^127\./),
      hostIP: expect.any(String),
      startTime: expect.stringMatching(/^[\d-]+T[\d:]+Z$/),
      containerStatuses: [
        { name: 'main', ready: true, started: true, restartCount: 0, state: { running: {} } },
      ],
    },
  })
  const conditions = running.status.conditions as { type: string; status: string }[]
  expect(Object.fromEntries(conditions.map(({ type, status }) => [type, status]))).toEqual({
    PodReadyToStartContainers: 'True',
    Initialized: 'True',
    Ready: 'True',
    ContainersReady: 'True',
    PodScheduled: 'True',
  })
  const events = await cluster.events('web')
  const told = events.map(({ reason }) => reason)
  expect([...told].sort()).toEqual(['Created', 'Pulled', 'Pulling', 'Scheduled', 'Started'])
  expect(events.find(({ reason }) => reason === 'Pulled')?.message).toMatch(
    /^Successfully pulled image "nginx:1" in \d+ms \(\d+ms including waiting\)\. Image size: 0 bytes\.$/,
  )

  const { body: deleted } = await cluster.ask('DELETE', `${PODS}/web`, { gracePeriodSeconds: 5 })
  expect(deleted.metadata.deletionGracePeriodSeconds).toBe(5)
  await eventually(async () => (await cluster.ask('GET', `${PODS}/web`)).status).toBe(404)
})

/** The states of a Pod's only container. */
function main({ status }: Shown): Shown {
  return (status.containerStatuses as Shown[])[0] as Shown
}

it('a Pod that ends tells how, and is kept until somebody deletes it', async () => {
  await using cluster = await startCluster()
  await cluster.run('job', { image: 'none/exit:3-after-50' })
  const failed = await cluster.until('job', ({ status }) => status.phase === 'Failed')
  expect(main(failed)).toMatchObject({
    ready: false,
    started: false,
    state: { terminated: { exitCode: 3, reason: 'Error' } },
  })
  await cluster.run('done', { image: 'none/exit:0' })
  const done = await cluster.until('done', ({ status }) => status.phase === 'Succeeded')
  expect(done.status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Ready', status: 'False', reason: 'PodCompleted' }),
  )
  // It has ended, so nothing is waited for.
  await cluster.ask('DELETE', `${PODS}/done`)
  expect((await cluster.ask('GET', `${PODS}/done`)).status).toBe(404)
})

it('a container that ends again and again is started at once, then after longer and longer waits', async () => {
  await using cluster = await startCluster({ timeScale: 50 })
  await cluster.run('loop', { image: 'none/exit:2-after-20' }, { restartPolicy: 'Always' })
  const looping = await cluster.until('loop', (pod) => Number(main(pod)?.restartCount) >= 2)
  expect(looping.status.phase).toBe('Running')
  const waiting = await cluster.until('loop', (pod) => JSON.stringify(main(pod).state).includes('waiting'))
  expect(main(waiting)).toMatchObject({
    state: {
      waiting: {
        reason: 'CrashLoopBackOff',
        message: expect.stringMatching(
          /^back-off (10|20|40)s restarting failed container=main pod=loop_default\(/,
        ),
      },
    },
    lastState: { terminated: { exitCode: 2, reason: 'Error' } },
  })
  const events = await cluster.events('loop')
  expect(events.find(({ reason }) => reason === 'BackOff')).toMatchObject({ type: 'Warning' })
  expect(Number(events.find(({ reason }) => reason === 'Started')?.count)).toBeGreaterThan(1)
})

it('an image that cannot be had is tried again, and says why', async () => {
  await using cluster = await startCluster({ timeScale: 50 })
  await cluster.run('missing', { image: 'registry.test/none/no-image:not-found' })
  const failing = await cluster.until('missing', (pod) =>
    JSON.stringify(main(pod) ?? {}).includes('ErrImagePull'),
  )
  expect(main(failing)).toMatchObject({
    state: { waiting: { message: expect.stringMatching(/code = NotFound .*: not found/) } },
  })
  await cluster.until('missing', (pod) => JSON.stringify(main(pod)).includes('"ImagePullBackOff"'))
  await eventually(
    async () => (await cluster.events('missing')).find(({ reason }) => reason === 'Pulling')?.count,
  ).toBeGreaterThan(1)
  await cluster.run('invalid', { image: 'UPPER CASE' })
  const invalid = await cluster.until('invalid', (pod) => JSON.stringify(main(pod) ?? {}).includes('Invalid'))
  expect(main(invalid)).toMatchObject({ state: { waiting: { reason: 'InvalidImageName' } } })
})

it('a program that cannot be started, in the words of each runtime', async () => {
  for (const [minorVersion, wanted] of [
    [34, { exitCode: 128, reason: 'StartError' }],
    [20, { exitCode: 127, reason: 'ContainerCannotRun' }],
  ] as const) {
    await using cluster = await startCluster({ dialects: { kubernetes: { minorVersion } } })
    await cluster.run('absent', { image: 'none/no-start:not-found', command: ['absent'] })
    const failed = await cluster.until('absent', ({ status }) => status.phase === 'Failed')
    expect(main(failed)).toMatchObject({
      state: {
        terminated: {
          ...wanted,
          message: expect.stringContaining('exec: "absent": executable file not found'),
        },
      },
    })
  }
})

it('init containers run one after another before the others', async () => {
  await using cluster = await startCluster()
  const init = (name: string, image: string) => ({ name, image })
  await cluster.run(
    'web',
    {},
    {
      initContainers: [init('first', 'none/exit:0-after-30'), init('second', 'none/exit:0-after-30')],
    },
  )
  const running = await cluster.until('web', ({ status }) => status.phase === 'Running')
  expect(running.status.initContainerStatuses).toMatchObject([
    { name: 'first', ready: true, state: { terminated: { reason: 'Completed' } } },
    { name: 'second', ready: true, state: { terminated: { reason: 'Completed' } } },
  ])
  await cluster.run('stuck', {}, { initContainers: [init('first', 'none/exit:1')] })
  const failed = await cluster.until('stuck', ({ status }) => status.phase === 'Failed')
  expect(main(failed)).toMatchObject({ state: { waiting: { reason: 'PodInitializing' } } })
})

it('sidecars end after the others, where the cluster knows them', async () => {
  const sidecar = { name: 'side', image: 'nginx', restartPolicy: 'Always' }
  await using cluster = await startCluster()
  await cluster.run('job', { image: 'none/exit:0-after-100' }, { initContainers: [sidecar] })
  const done = await cluster.until('job', ({ status }) => status.phase === 'Succeeded')
  expect(done.status.initContainerStatuses).toMatchObject([
    { name: 'side', restartCount: 0, state: { terminated: { exitCode: 143 } } },
  ])
  await using older = await startCluster({ dialects: { kubernetes: { minorVersion: 27 } } })
  const made = await older.run('job', {}, { initContainers: [sidecar] })
  expect(JSON.stringify(made.spec.initContainers)).not.toContain('restartPolicy')
})

it('a deadline ends a Pod that has run for too long', async () => {
  await using cluster = await startCluster({ timeScale: 10 })
  await cluster.run('long', {}, { activeDeadlineSeconds: 1 })
  const failed = await cluster.until(
    'long',
    ({ status }) => status.phase === 'Failed' && JSON.stringify(status).includes('terminated'),
  )
  expect(failed.status).toMatchObject({
    reason: 'DeadlineExceeded',
    containerStatuses: [{ state: { terminated: { exitCode: 143 } } }],
  })
})

it('a finalizer keeps a deleted Pod with how its containers ended', async () => {
  await using cluster = await startCluster()
  await cluster.run('kept')
  await cluster.until('kept', ({ status }) => status.phase === 'Running')
  const headers = { 'content-type': 'application/merge-patch+json' }
  await cluster.ask('PATCH', `${PODS}/kept`, { metadata: { finalizers: ['example.com/kept'] } }, headers)
  await cluster.ask('DELETE', `${PODS}/kept`, { gracePeriodSeconds: 20 })
  const kept = await cluster.until('kept', (pod) => JSON.stringify(main(pod)).includes('terminated'))
  expect(kept.metadata).toMatchObject({ deletionTimestamp: expect.any(String) })
  await cluster.until('kept', ({ metadata }) => metadata.deletionGracePeriodSeconds === 0)
  await cluster.ask('PATCH', `${PODS}/kept`, { metadata: { finalizers: null } }, headers)
  expect((await cluster.ask('GET', `${PODS}/kept`)).status).toBe(404)
})

it('older clusters tell less', async () => {
  await using cluster = await startCluster({ dialects: { kubernetes: { minorVersion: 20 } } })
  await cluster.run('web')
  const running = await cluster.until('web', ({ status }) => status.phase === 'Running')
  const types = (running.status.conditions as { type: string }[]).map(({ type }) => type)
  expect(types).toEqual(['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'])
  const events = await cluster.events('web')
  expect(events.find(({ reason }) => reason === 'Pulled')?.message).toMatch(
    /^Successfully pulled image "nginx:1" in \d+ms$/,
  )
  expect((await cluster.ask('GET', '/version')).body).toMatchObject({ major: '1', minor: '20' })
})
