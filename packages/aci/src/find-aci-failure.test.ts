import { describe, expect, it } from 'vitest'
import type { Container, ContainerGroup, GroupEvent, Operation } from './arm/container-group.ts'
import { findAciFailure } from './find-aci-failure.ts'

const subject = { ref: 'web-1', location: 'westus2' }
const failed = (message: string, count = 1): GroupEvent => ({
  name: 'Failed',
  type: 'Warning',
  message,
  count,
})

function groupOf(
  view: Container['properties']['instanceView'],
  more: Partial<ContainerGroup['properties']> = {},
): ContainerGroup {
  return {
    location: 'westus2',
    properties: {
      provisioningState: 'Creating',
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [{ name: 'main', properties: { image: 'app:1', ...(view && { instanceView: view }) } }],
      ...more,
    },
  }
}

describe('findAciFailure', () => {
  it('is none while a start can succeed', () => {
    expect(findAciFailure(groupOf(undefined), subject)).toBeUndefined()
    expect(
      findAciFailure(
        groupOf({ events: [{ name: 'Pulling', message: 'pulling image', type: 'Normal' }] }),
        subject,
      ),
    ).toBeUndefined()
    const flaky = failed('Failed to pull image "app:1": dial tcp: i/o timeout', 2)
    expect(findAciFailure(groupOf({ events: [flaky] }), subject)).toBeUndefined()
    expect(
      findAciFailure(groupOf({ events: [flaky], currentState: { state: 'Running' } }), subject),
    ).toBeUndefined()
  })

  it.each([
    ['Failed to pull image "app:1": rpc error: manifest unknown', 'image-pull', false],
    ['Failed to pull image "app:1": unauthorized: authentication required', 'image-pull', false],
    [
      'Error: failed to start container "main": exec: "/no/such": stat /no/such: no such file or directory',
      'start-failed',
      false,
    ],
    [
      'Error: failed to create containerd task: failed to create shim: OCI runtime create failed',
      'start-failed',
      false,
    ],
  ])('%s', (message, code, retryable) => {
    const events = [failed(message), failed('Error: ErrImagePull')]
    expect(findAciFailure(groupOf({ events }), subject)).toMatchObject({ code, retryable })
  })

  it('names the program that is not there', () => {
    const events = [
      failed(
        'Error: failed to start container "main": exec: "/no/such": stat /no/such: no such file or directory',
      ),
    ]
    expect(findAciFailure(groupOf({ events }), subject)?.message).toMatch(/no program '\/no\/such'/)
  })

  it('gives a registry up that cannot be reached again and again', () => {
    const events = [failed('Failed to pull image "app:1": connection refused', 4)]
    expect(findAciFailure(groupOf({ events }), subject)).toMatchObject({
      code: 'image-pull',
      retryable: true,
    })
  })

  it('is capacity where the group or its operation says so, whichever it is', () => {
    const event = { name: 'InsufficientCapacity.', message: 'Not enough capacity', type: 'Warning' }
    const group = groupOf(undefined, { provisioningState: 'Failed', instanceView: { events: [event] } })
    expect(findAciFailure(group, subject)).toMatchObject({ code: 'capacity', retryable: true })
    const operation: Operation = { status: 'Failed', properties: { events: [event] } }
    expect(findAciFailure(groupOf(undefined), subject, operation)).toMatchObject({ code: 'capacity' })
    const told: Operation = { status: 'Failed', error: { code: 'InsufficientCapacity', message: 'full' } }
    expect(findAciFailure(groupOf(undefined), subject, told)?.message).toMatch(/full \(westus2\).*regions/)
  })

  it('reads a failed operation as it would the container', () => {
    const operation: Operation = {
      status: 'Failed',
      properties: { events: [failed('Failed to pull image "app:1": connection refused')] },
    }
    expect(findAciFailure(groupOf(undefined), subject, operation)).toMatchObject({ code: 'image-pull' })
    expect(findAciFailure(groupOf(undefined), subject, { status: 'Failed' })).toMatchObject({
      code: 'start-failed',
    })
    expect(findAciFailure(groupOf(undefined), subject, { status: 'Succeeded' })).toBeUndefined()
  })

  it('is how it ended before its program could begin, whether or not it is to be tried again', () => {
    const end = {
      state: 'Terminated',
      exitCode: 128,
      detailStatus: 'StartError: exec: "/no": stat /no: no such file or directory',
    }
    const again = { currentState: { state: 'Waiting', detailStatus: 'CrashLoopBackOff' }, previousState: end }
    for (const view of [{ currentState: end }, again]) {
      expect(findAciFailure(groupOf(view), subject)).toMatchObject({ code: 'start-failed' })
    }
    const mended = { currentState: { state: 'Running' }, previousState: end }
    expect(findAciFailure(groupOf(mended), subject)).toBeUndefined()
  })

  it('is an init container’s that failed, with its exit code', () => {
    const init = (name: string): ContainerGroup =>
      groupOf(undefined, {
        initContainers: [
          {
            name,
            properties: {
              image: 'app:1',
              instanceView: { currentState: { state: 'Terminated', exitCode: 7 } },
            },
          },
        ],
      })
    expect(findAciFailure(init('setup'), subject)).toMatchObject({
      code: 'start-failed',
      evidence: { exitCode: 7 },
      message: expect.stringContaining('init container setup') as string,
    })
    expect(findAciFailure(init('berth-files-main'), subject)?.message).toMatch(
      /files of main .*files: 'mount'/,
    )
  })
})
