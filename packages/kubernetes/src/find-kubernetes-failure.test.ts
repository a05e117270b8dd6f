import { describe, expect, it } from 'vitest'
import type { Pod, PodStatus } from './cluster/pod.ts'
import { findKubernetesFailure } from './find-kubernetes-failure.ts'
import { emptyView } from './kubernetes-host.ts'

function failureOf(
  status: PodStatus,
  more: { readonly view?: object; readonly events?: object[]; readonly nodeName?: string } = {},
) {
  const { nodeName = 'node1', events = [] } = more
  const pod: Pod = {
    metadata: { name: 'web-1' },
    spec: {
      ...(nodeName && { nodeName }),
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'app:1' }],
      initContainers: [{ name: 'setup', image: 'setup:1' }],
    },
    status,
  }
  const view = { ...emptyView(), ...more.view }
  return findKubernetesFailure('web-1', pod, {
    view,
    receivedAt: 0,
    events: events.map((event) => ({ metadata: { name: 'e' }, ...event })),
    unschedulableAfterMs: 60_000,
  })
}

function waiting(reason: string, message = '') {
  return {
    containerStatuses: [
      { name: 'main', restartCount: 0, ready: false, state: { waiting: { reason, message } } },
    ],
  }
}

describe('an image', () => {
  it('that its registry does not have fails at once', () => {
    expect(failureOf(waiting('ErrImagePull', 'manifest unknown'))).toMatchObject({
      code: 'image-pull',
      retryable: false,
    })
  })
  it('whose registry does not answer fails the second time', () => {
    const status = waiting('ErrImagePull', 'dial tcp 10.0.0.1:443: connect: connection refused')
    expect(failureOf(status, { view: { failedPulls: 1 } })).toBeUndefined()
    expect(failureOf(status, { view: { failedPulls: 2 } })).toMatchObject({
      code: 'image-pull',
      retryable: true,
    })
  })
  it('that is being waited for is explained by its events', () => {
    const events = [{ reason: 'Failed', message: 'Failed to pull image "app:1": not found', count: 1 }]
    expect(failureOf(waiting('ImagePullBackOff'))).toBeUndefined()
    expect(failureOf(waiting('ImagePullBackOff'), { events })?.message).toMatch(/web-1 \(app:1\).*not found/)
  })
})

describe('a container', () => {
  it('whose program is not there fails, and names it', () => {
    const words =
      'OCI runtime create failed: exec: "/no/such": stat /no/such: no such file or directory: unknown'
    expect(failureOf(waiting('RunContainerError', words))).toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining("no program '/no/such'"),
    })
  })
  it('whose Secret is not there fails; one that the node does not know yet is waited for', () => {
    expect(failureOf(waiting('CreateContainerConfigError', 'secret "x" not found'))).toMatchObject({
      code: 'start-failed',
    })
    const lagging = 'failed to sync secret cache: timed out waiting for the condition'
    expect(failureOf(waiting('CreateContainerConfigError', lagging))).toBeUndefined()
  })
  it('that runs before the others and fails, fails them', () => {
    const terminated = { exitCode: 7, reason: 'Error' }
    const status = {
      initContainerStatuses: [{ name: 'setup', restartCount: 0, ready: false, state: { terminated } }],
    }
    expect(failureOf(status)).toMatchObject({ code: 'start-failed', evidence: { exitCode: 7 } })
  })
})

describe('a place', () => {
  const status: PodStatus = {
    conditions: [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available' },
    ],
  }
  const long = { view: { unplacedSince: performance.now() - 61_000 }, nodeName: '' }
  it('that nobody has is lack of capacity after a while, or as soon as the autoscaler says so', () => {
    expect(failureOf(status, { nodeName: '' })).toBeUndefined()
    expect(failureOf(status, long)).toMatchObject({ code: 'capacity' })
    const events = [{ reason: 'NotTriggerScaleUp', message: 'pod did not trigger scale-up' }]
    expect(failureOf(status, { nodeName: '', events })).toMatchObject({ code: 'capacity' })
  })
  it('that the autoscaler is making is waited for', () => {
    expect(failureOf(status, { ...long, events: [{ reason: 'TriggeredScaleUp' }] })).toBeUndefined()
  })
})
