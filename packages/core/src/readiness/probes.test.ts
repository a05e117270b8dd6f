import { describe, expect, it } from 'vitest'
import type { Probe } from '../contract/probe.ts'
import { assertProbe } from './assert-probe.ts'
import { all, any, exec, exited, health, http, log, started, tcp } from './probes.ts'

describe('probe constructors', () => {
  it('make the contract data', () => {
    expect(http()).toEqual({ kind: 'http', path: '/' })
    expect(http('/up?full=1', { port: 8080, status: [200, 204], scheme: 'https' })).toEqual({
      kind: 'http',
      path: '/up?full=1',
      port: 8080,
      status: [200, 204],
      scheme: 'https',
    })
    expect(tcp(5432)).toEqual({ kind: 'tcp', port: 5432 })
    expect(log(/ready/g, { times: 2 })).toEqual({ kind: 'log', pattern: /ready/g, times: 2 })
    expect(exec(['pg_isready'])).toEqual({ kind: 'exec', command: ['pg_isready'] })
    expect(health({ container: 'database' })).toEqual({ kind: 'health', container: 'database' })
    expect(exited(3)).toEqual({ kind: 'exited', exitCode: 3 })
    expect(all(tcp(), any(started(), exited()))).toEqual({
      kind: 'all',
      probes: [{ kind: 'tcp' }, { kind: 'any', probes: [{ kind: 'started' }, { kind: 'exited' }] }],
    })
  })

  it.each([
    ['a path without its slash', () => http('health'), TypeError, /must begin with \//],
    ['a path with a line break', () => http('/\r\nX: y'), TypeError, /percent-encoded/],
    ['a path with a space', () => http('/a b'), TypeError, /percent-encoded/],
    ['port 0', () => http('/', { port: 0 }), RangeError, /0 is no port/],
    ['port 65536', () => tcp(65_536), RangeError, /65536 is no port/],
    ['no status at all', () => http('/', { status: [] }), RangeError, /at least one status/],
    ['an interim status', () => http('/', { status: 100 }), RangeError, /100 is no status/],
    ['a header name', () => http('/', { headers: { 'a b': 'c' } }), TypeError, /'a b' is no name/],
    ['an empty body', () => http('/', { body: '' }), TypeError, /body/],
    ['an empty pattern', () => log(''), TypeError, /pattern/],
    ['no times', () => log('x', { times: 0 }), RangeError, /times is 0/],
    ['an empty command', () => exec([]), TypeError, /command is empty/],
    ['a negative exit code', () => exited(-1), RangeError, /-1 is no exit code/],
    ['nothing to wait for', () => all(), TypeError, /at least one probe/],
    ['nothing to choose from', () => any(), TypeError, /at least one probe/],
  ])('refuse %s', (_, make, kind, message) => {
    expect(make).toThrow(kind)
    expect(make).toThrow(message)
  })

  it('do not show the value of a bad header', () => {
    expect(() => http('/', { headers: { authorization: 'Bearer s3cret\n' } })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('s3cret') }),
    )
  })

  it('names where a bad probe stands in data', () => {
    const probe = { kind: 'all', probes: [{ kind: 'tcp' }, { kind: 'tcp', port: -1 }] } as Probe
    expect(() => assertProbe(probe, 'ready')).toThrow(/ready probe 2: -1 is no port/)
    expect(() => assertProbe({ kind: 'ping' } as unknown as Probe)).toThrow(/'ping' is no kind of probe/)
  })
})
