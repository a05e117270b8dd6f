import { describe, expect, it } from 'vitest'
import type { EngineConfigurationError } from './engine-configuration-error.ts'
import { parseEngineAddress } from './parse-engine-address.ts'

const linux = { source: 'the test', platform: 'linux' } as const

function problemOf(address: string, context = {}): EngineConfigurationError {
  try {
    parseEngineAddress(address, { ...linux, ...context })
  } catch (error) {
    return error as EngineConfigurationError
  }
  return expect.unreachable(`${address} was accepted`)
}

describe('parseEngineAddress', () => {
  it.each([
    ['tcp://127.0.0.1:2375', { host: '127.0.0.1', port: 2375, basePath: '' }],
    ['tcp://localhost', { host: 'localhost', port: 2375 }],
    ['127.0.0.1:80', { host: '127.0.0.1', port: 80 }],
    [':2375', { host: 'localhost', port: 2375, address: 'tcp://:2375' }],
    ['tcp://[::1]:2377/', { host: '::1', port: 2377, basePath: '' }],
    ['http://127.9.9.9:80/engine/', { host: '127.9.9.9', port: 80, basePath: '/engine' }],
    ['http://localhost', { port: 80 }],
    ['https://engine.example', { host: 'engine.example', port: 443, tls: { verify: true } }],
  ])('reads %s', (address, expected) => {
    expect(parseEngineAddress(address, linux)).toMatchObject({ kind: 'tcp', source: 'the test', ...expected })
  })

  it('reads sockets and pipes', () => {
    expect(parseEngineAddress('unix:///run/a@b.sock', linux)).toMatchObject({ socketPath: '/run/a@b.sock' })
    expect(
      parseEngineAddress('npipe:////./pipe/docker_engine', { ...linux, platform: 'win32' }),
    ).toMatchObject({
      kind: 'socket',
      socketPath: '//./pipe/docker_engine',
    })
    expect(problemOf('npipe:////./pipe/docker_engine').problem).toBe('unsupported')
  })

  it.each([
    'tcp://10.0.0.5:2375',
    'http://engine.example',
    '10.0.0.5:2375',
    'tcp://127.0.0.1.example:2375',
    'tcp://[fe80::1]',
  ])('refuses %s without TLS, unless insecure was chosen', (address) => {
    const error = problemOf(address)
    expect(error.problem).toBe('insecure')
    expect(error.message).toContain('DOCKER_TLS_VERIFY=1')
    expect(parseEngineAddress(address, { ...linux, allowInsecure: true })).toMatchObject({ kind: 'tcp' })
    expect(parseEngineAddress(address, { ...linux, tls: { verify: true } })).toMatchObject({
      tls: { verify: true },
    })
  })

  it('says what to do instead of ssh', () => {
    expect(problemOf('ssh://root@host').message).toContain('ssh -nNT -L')
  })

  it('says how to write a bare path', () => {
    expect(problemOf('/var/run/docker.sock').message).toContain('write unix:///var/run/docker.sock')
  })

  it('repeats no password', () => {
    const error = problemOf('tcp://user:hunter2@localhost:2375')
    expect(error.problem).toBe('invalid')
    expect(error.message).not.toContain('hunter2')
  })

  it.each(['unix://', 'tcp://:99999', 'tcp://a b'])('calls %s invalid', (address) => {
    expect(problemOf(address).problem).toBe('invalid')
  })

  it('knows no other schemes', () => {
    expect(problemOf('fd://').problem).toBe('unsupported')
  })
})
