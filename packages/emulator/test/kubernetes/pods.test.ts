import { expect, it } from 'vitest'
import { PODS, startCluster } from './cluster.ts'

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
  await expect
    .poll(async () => (await cluster.ask('GET', `${PODS}/web`)).status, { timeout: 5_000 })
    .toBe(404)
})
