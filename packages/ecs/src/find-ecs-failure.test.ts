import type { Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { findEcsFailure } from './find-ecs-failure.ts'
import { mapRunFailure } from './run-failure.ts'

const STOPPED = {
  taskArn: 'arn:aws:ecs:us-east-1:111122223333:task/default/0123456789abcdef0123456789abcdef',
  group: 'web-1a2b',
  desiredStatus: 'STOPPED',
  lastStatus: 'STOPPED',
} as const satisfies Task

function failureOf(more: Partial<Task>) {
  return findEcsFailure({ ...STOPPED, containers: [{ name: 'main', image: 'nginx' }], ...more }, undefined)
}

describe('how a task ended', () => {
  it.each([
    [
      'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref nginx:9: nginx:9: not found',
      'image-pull',
      false,
    ],
    [
      'CannotPullContainerError: unexpected status code: 429 Too Many Requests - toomanyrequests',
      'image-pull',
      true,
    ],
    ['CannotPullContainerError: failed to do request: dial tcp: i/o timeout', 'image-pull', true],
    [
      'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm',
      'start-failed',
      false,
    ],
    [
      'ResourceInitializationError: failed to validate logger args: The specified log group does not exist',
      'start-failed',
      false,
    ],
    [
      'Capacity is unavailable at this time. Please try again later or in a different availability zone',
      'capacity',
      true,
    ],
    ['Timeout waiting for network interface provisioning to complete.', 'unavailable', true],
    ['InternalError: Failed to start the task.', 'unavailable', true],
    ['Something that nobody has seen before', 'start-failed', false],
  ])('%s', (stoppedReason, code, retryable) => {
    const failure = failureOf({ stopCode: 'TaskFailedToStart', stoppedReason })
    expect(failure).toMatchObject({ code, retryable })
    expect(failure?.message).toMatch(/^web-1a2b \(nginx\): /)
  })

  it('names the program that could not be started', () => {
    const reason =
      'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: exec: "/no/such": stat /no/such: no such file or directory'
    const failure = failureOf({
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'Task failed to start',
      containers: [{ name: 'main', image: 'nginx', reason }],
    })
    expect(failure).toMatchObject({ code: 'start-failed' })
    expect(failure?.message).toMatch(/no program '\/no\/such'/)
  })

  it('names the init container that kept the others from starting', () => {
    const definition = {
      containerDefinitions: [
        { name: 'main', dependsOn: [{ containerName: 'setup', condition: 'SUCCESS' as const }] },
        { name: 'setup' },
      ],
    }
    const containers = [{ name: 'main' }, { name: 'setup', image: 'setup:1', exitCode: 7 }]
    const failure = findEcsFailure({ ...STOPPED, stopCode: 'TaskFailedToStart', containers }, definition)
    expect(failure).toMatchObject({ code: 'start-failed', evidence: { exitCode: 7 } })
    expect(failure?.message).toMatch(/init container setup \(setup:1\) ended with exit code 7/)
  })

  it('is no failure where the program ran and ended, or somebody stopped it', () => {
    expect(
      failureOf({ stopCode: 'EssentialContainerExited', containers: [{ name: 'main', exitCode: 3 }] }),
    ).toBeUndefined()
    expect(failureOf({ stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' })).toBeUndefined()
    expect(failureOf({ desiredStatus: 'RUNNING', lastStatus: 'PENDING' })).toBeUndefined()
  })

  it('is capacity where spare capacity was taken back before it ran', () => {
    const failure = failureOf({
      stopCode: 'SpotInterruption',
      stoppedReason: 'Your Spot Task was interrupted.',
    })
    expect(failure).toMatchObject({ code: 'capacity', retryable: true })
  })
})

describe('an order answered without a task', () => {
  it.each([
    ['Capacity is unavailable at this time. Please try again later', 'capacity'],
    ["You've reached the limit on the number of vCPUs you can run concurrently", 'quota'],
    ['something else', 'unavailable'],
  ])('%s', (reason, code) => {
    expect(mapRunFailure({ reason }, 'web-1a2b')).toMatchObject({ code })
  })
})
