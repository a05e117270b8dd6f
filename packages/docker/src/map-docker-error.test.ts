import { BerthError } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { EngineConfigurationError, EngineError } from './engine/index.ts'
import {
  execStartFailure,
  isMissingImage,
  isNameTaken,
  mapDockerError,
  mapStartFailure,
} from './map-docker-error.ts'

function refused(method: string, path: string, status: number, text: string): EngineError {
  return new EngineError(`${method} ${path} failed with ${status}: ${text}`, {
    method,
    path,
    status,
    sent: true,
  })
}

function mapped(error: unknown): BerthError {
  const result = mapDockerError(error, { ref: 'web-1', image: 'nginx:1' })
  if (!BerthError.isInstance(result)) throw new TypeError('not mapped')
  return result
}

describe('mapDockerError', () => {
  it.each([
    ['POST', '/containers/create', 400, 'Minimum memory limit allowed is 6MB', 'invalid-spec'],
    [
      'POST',
      '/containers/create',
      400,
      'Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available',
      'invalid-spec',
    ],
    [
      'POST',
      '/containers/create',
      400,
      'invalid mount config for type "bind": bind source path does not exist: /x',
      'invalid-spec',
    ],
    [
      'POST',
      '/containers/create',
      404,
      'image with reference a was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
      'invalid-spec',
    ],
    [
      'POST',
      '/containers/a/start',
      500,
      'driver failed programming external connectivity on endpoint a: Bind for 127.0.0.1:80 failed: port is already allocated',
      'conflict',
    ],
    [
      'POST',
      '/containers/a/start',
      500,
      'driver failed: listen tcp4 0.0.0.0:80: bind: address already in use',
      'conflict',
    ],
    ['POST', '/containers/a/start', 500, 'Ports are not available: exposing port TCP 0.0.0.0:80', 'conflict'],
    [
      'POST',
      '/containers/a/start',
      400,
      'exec: "/x": stat /x: no such file or directory: unknown',
      'start-failed',
    ],
    [
      'POST',
      '/containers/a/start',
      500,
      'OCI runtime create failed: cgroups: cannot find cgroup mount',
      'start-failed',
    ],
    ['POST', '/containers/a/start', 500, 'mkdir /x: no space left on device', 'unavailable'],
    ['POST', '/images/create', 500, 'write /x: no space left on device', 'unavailable'],
    ['POST', '/images/create', 404, 'manifest for a:1 not found: manifest unknown', 'image-pull'],
    [
      'POST',
      '/images/create',
      404,
      "pull access denied for a, repository does not exist or may require 'docker login'",
      'image-pull',
    ],
    ['POST', '/images/create', 429, 'toomanyrequests: You have reached your pull rate limit', 'rate-limited'],
    ['GET', '/containers/a/json', 500, 'boom', 'internal'],
    ['GET', '/containers/json', 503, 'starting', 'unavailable'],
    ['POST', '/containers/a/exec', 409, 'Container a is not running', 'conflict'],
    ['PUT', '/containers/a/archive', 404, 'Could not find the file /x', 'not-found'],
    ['POST', '/containers/create', 403, 'authorization denied by plugin', 'permission'],
  ] as const)('%s %s with %i: %s is %s', (method, path, status, text, code) => {
    const error = mapped(refused(method, path, status, text))
    expect(error.code).toBe(code)
    expect(error.message).toContain(text)
    expect(error.outcomeUnknown).toBe(false)
  })

  it('names the port that is taken and the program that is missing', () => {
    expect(
      mapped(
        refused(
          'POST',
          '/containers/a/start',
          500,
          'Bind for 127.0.0.1:8080 failed: port is already allocated',
        ),
      ).message,
    ).toContain('127.0.0.1:8080 is taken')
    expect(
      mapStartFailure('exec: "app": executable file not found in $PATH: unknown', { ref: 'web' }).message,
    ).toContain("no program 'app'")
  })

  it('knows a lost answer from a request that was never sent, and a read from a write', () => {
    const lost = (method: string, sent: boolean, code = 'ECONNRESET') =>
      mapped(new EngineError('broken', { method, path: '/containers/create', code, sent }))
    expect(lost('POST', true)).toMatchObject({ code: 'unavailable', outcomeUnknown: true, retryable: true })
    expect(lost('POST', false, 'ENOENT')).toMatchObject({
      code: 'unavailable',
      outcomeUnknown: false,
      retryable: false,
    })
    expect(lost('GET', true)).toMatchObject({ outcomeUnknown: false })
    expect(lost('POST', false, 'EACCES')).toMatchObject({ code: 'permission' })
  })

  it('says what is wrong with the configuration', () => {
    expect(mapped(new EngineConfigurationError('not-found', 'no engine'))).toMatchObject({
      code: 'unavailable',
      message: 'no engine',
    })
    expect(mapped(new EngineConfigurationError('insecure', 'no TLS'))).toMatchObject({
      code: 'invalid-spec',
      retryable: false,
    })
  })

  it('leaves what is not of the engine as it is', () => {
    const reason = new Error('mine')
    expect(mapDockerError(reason)).toBe(reason)
  })

  it('repeats a pull only where the registry may answer next time', () => {
    const pull = (text: string) => mapped(refused('POST', '/images/create', 500, text)).retryable
    expect(pull('dial tcp 127.0.0.1:1: connect: connection refused')).toBe(true)
    expect(pull('net/http: TLS handshake timeout')).toBe(true)
    expect(pull('manifest unknown')).toBe(false)
  })
})

describe('what a create failed for', () => {
  it('is told by its status and words', () => {
    expect(isMissingImage(refused('POST', '/containers/create', 404, 'No such image: a:1'))).toBe(true)
    expect(isMissingImage(refused('POST', '/containers/create', 404, 'no such container'))).toBe(false)
    expect(isNameTaken(refused('POST', '/containers/create', 409, 'Conflict.'))).toBe(true)
    expect(isNameTaken(refused('POST', '/containers/a/start', 409, 'Conflict.'))).toBe(false)
  })
})

describe('execStartFailure', () => {
  it('tells a missing program from one that may not run', () => {
    const failure = (text: string) => execStartFailure(text, { ref: 'web', command: ['x'] })
    const missing =
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "x": executable file not found in $PATH: unknown'
    expect(failure(missing)).toMatchObject({ code: 'not-found' })
    expect(
      failure('OCI runtime exec failed: exec failed: exec: "/x": permission denied: unknown'),
    ).toMatchObject({ code: 'start-failed' })
  })
})
