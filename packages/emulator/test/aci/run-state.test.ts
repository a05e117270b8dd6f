import { describe, expect, it } from 'vitest'
import { groupBody, startAzure } from '../azure.ts'

describe('stopping, starting and restarting', () => {
  it('reads Stopped once it is, and can be started again', async () => {
    await using azure = await startAzure()
    const { containerGroups } = azure.client
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    await containerGroups.stop('berth', 'web')
    const stopped = await azure.until('web', ({ instanceView }) => instanceView?.state === 'Stopped')
    expect(stopped.containers[0]?.instanceView?.currentState?.state).toBe('Terminated')
    expect(stopped.containers[0]?.instanceView?.events?.at(-1)?.name).toBe('Killing')
    await containerGroups.stop('berth', 'web')
    await containerGroups.beginStartAndWait('berth', 'web', { updateIntervalInMs: 10 })
    const started = await azure.until('web', ({ instanceView }) => instanceView?.state === 'Running')
    expect(started.provisioningState).toBe('Succeeded')
  })

  it('cannot be started while it is being stopped', async () => {
    await using azure = await startAzure({ backend: 'process' })
    await azure.call('PUT', 'web', groupBody({ container: { image: 'berth/hello' } }))
    await azure.settled('web')
    expect((await azure.call('POST', 'web/stop')).status).toBe(204)
    expect((await azure.call('POST', 'web/start')).body.error.code).toBe('ContainerGroupTransitioning')
  })

  it('restarts every container in place', async () => {
    await using azure = await startAzure()
    const properties = { ipAddress: { type: 'Public', ports: [{ port: 80 }] } }
    await azure.call('PUT', 'web', groupBody({ properties, container: { ports: [{ port: 80 }] } }))
    const before = await azure.settled('web')
    await azure.client.containerGroups.beginRestartAndWait('berth', 'web')
    const after = await azure.until('web', ({ instanceView }) => instanceView?.state === 'Running')
    expect(after.ipAddress?.ip).toBe(before.ipAddress?.ip)
    const view = after.containers[0]?.instanceView
    expect(view?.previousState?.state).toBe('Terminated')
    expect(view?.events?.find(({ name }) => name === 'Started')?.count).toBe(2)
  })

  it('are 404 of a group that is not there', async () => {
    await using azure = await startAzure()
    for (const verb of ['stop', 'start', 'restart'])
      expect((await azure.call('POST', `web/${verb}`)).body.error.code).toBe('ResourceNotFound')
  })
})

describe('a container that ends', () => {
  it.each([
    ['Never', 0, 'Succeeded', 'Completed'],
    ['Never', 3, 'Failed', 'Error'],
    ['OnFailure', 0, 'Succeeded', 'Completed'],
  ])(
    'with restart policy %s and exit code %d leaves a group that has %s',
    async (restartPolicy, exitCode, state, detailStatus) => {
      await using azure = await startAzure()
      const image = `none/exit:${exitCode}-after-20`
      await azure.call('PUT', 'job', groupBody({ container: { image }, properties: { restartPolicy } }))
      const group = await azure.until('job', ({ instanceView }) => instanceView?.state === state)
      expect(group.provisioningState).toBe('Succeeded')
      expect(group.containers[0]?.instanceView).toMatchObject({
        restartCount: 0,
        currentState: {
          state: 'Terminated',
          exitCode,
          detailStatus,
          startTime: expect.any(Date),
          finishTime: expect.any(Date),
        },
      })
    },
  )

  it('for want of memory says so', async () => {
    await using azure = await startAzure()
    await azure.call(
      'PUT',
      'job',
      groupBody({ container: { image: 'none/oom' }, properties: { restartPolicy: 'Never' } }),
    )
    const group = await azure.until('job', ({ instanceView }) => instanceView?.state === 'Failed')
    expect(group.containers[0]?.instanceView?.currentState).toMatchObject({
      exitCode: 137,
      detailStatus: 'OOMKilled',
    })
  })

  it('is restarted at once, then after longer and longer waits, as was recorded', async () => {
    await using azure = await startAzure({ timeScale: 20 })
    await azure.call(
      'PUT',
      'loop',
      groupBody({ container: { image: 'none/exit:1' }, properties: { restartPolicy: 'OnFailure' } }),
    )
    const waiting = await azure.until(
      'loop',
      ({ containers: [container] }) =>
        container?.instanceView?.currentState?.detailStatus ===
        'CrashLoopBackOff: Back-off 20s restarting failed',
    )
    const view = waiting.containers[0]?.instanceView
    expect(view).toMatchObject({
      restartCount: 2,
      currentState: { state: 'Waiting' },
      previousState: { state: 'Terminated', exitCode: 1 },
    })
    const counts = Object.fromEntries(view?.events?.map(({ name, count }) => [name, count]) ?? [])
    expect(counts).toEqual({ Pulling: 3, Pulled: 3, Started: 3, BackOff: 2 })
    expect(waiting.instanceView?.state).toBe('Running')
    expect(waiting.provisioningState).toBe('Succeeded')
  })

  it('may be restarted in spite of Never', async () => {
    await using azure = await startAzure({
      dialects: { aci: { neverRestartsOnFailure: true } },
      timeScale: 100,
    })
    await azure.call(
      'PUT',
      'job',
      groupBody({ container: { image: 'none/exit:1' }, properties: { restartPolicy: 'Never' } }),
    )
    await azure.until(
      'job',
      ({ containers: [container] }) => (container?.instanceView?.restartCount ?? 0) >= 1,
    )
  })
})

describe('a container that cannot start', () => {
  it('fails the provisioning, says why, and goes on trying', async () => {
    await using azure = await startAzure({ timeScale: 100 })
    await azure.call('PUT', 'bad', groupBody({ container: { image: 'none/no-start:not-executable' } }))
    const group = await azure.until('bad', ({ provisioningState }) => provisioningState === 'Failed')
    const view = group.containers[0]?.instanceView
    expect(view?.events?.find(({ name }) => name === 'Failed')?.message).toContain(
      'failed to start container',
    )
    expect(group.provisioningState).toBe('Failed')
    await azure.until(
      'bad',
      ({ containers: [container] }) => (container?.instanceView?.restartCount ?? 0) > 3,
    )
  })

  it('has ended for good with Never', async () => {
    await using azure = await startAzure()
    await azure.call(
      'PUT',
      'bad',
      groupBody({ container: { image: 'none/no-start' }, properties: { restartPolicy: 'Never' } }),
    )
    const group = await azure.settled('bad')
    expect(group.provisioningState).toBe('Failed')
    expect(group.containers[0]?.instanceView?.currentState).toMatchObject({
      state: 'Terminated',
      exitCode: 128,
    })
    expect(group.instanceView?.state).toBe('Failed')
  })
})
