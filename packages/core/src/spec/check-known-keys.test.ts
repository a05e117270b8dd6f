import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../test/spec/problems-of.ts'
import { refuses } from '../../test/spec/refuses.ts'

const http = { kind: 'http', path: '/' }

refuses('unknown keys', [
  [{ port: 80 }, 'port', "is no field of a container spec; did you mean 'ports'?"],
  [{ imagee: 'a' }, 'imagee', "is no field of a container spec; did you mean 'image'?"],
  [{ environment: {} }, 'environment', "is no field of a container spec; did you mean 'env'?"],
  [{ restart_policy: 'no' }, 'restart_policy', "is no field of a container spec; did you mean 'restart'?"],
  [
    { ports: [{ port: 80, pubish: 1 }] },
    'ports[0].pubish',
    "is no field of ports[0]; did you mean 'publish'?",
  ],
  [
    { files: { '/a': { content: '', made: 1 } } },
    'files["/a"].made',
    'is no field of files["/a"]; did you mean \'mode\'?',
  ],
  [
    { health: { probe: { kind: 'exec', command: ['a'] }, every: 1 } },
    'health.every',
    'is no field of health; there are probe, interval, timeout, retries, startPeriod',
  ],
  [
    { ports: [80], ready: { kind: 'any', probes: [{ ...http, pathh: '/' }] } },
    'ready.probes[0].pathh',
    "is no field of ready.probes[0]; did you mean 'path'?",
  ],
  [
    { initContainers: { a: { image: 'a', helth: {} } } },
    'initContainers.a.helth',
    'is no field of initContainers.a; there are image, command, args, env, workingDirectory, cpu, memory, files, mounts, user, registry',
  ],
  [
    { sidecars: { a: { image: 'a', comand: [] } } },
    'sidecars.a.comand',
    "is no field of sidecars.a; did you mean 'command'?",
  ],
  [
    { volumes: { a: { kind: 'empty', optoins: {} } } },
    'volumes.a.optoins',
    "is no field of volumes.a; did you mean 'options'?",
  ],
  [
    { lifetime: { lease: '1m', max: '1h' } },
    'lifetime.max',
    'is no field of lifetime; there are lease, maxLifetime',
  ],
])

describe('refuses what could not be read to its end', () => {
  it('a probe that holds itself', async () => {
    const probe: Record<string, unknown> = { kind: 'all' }
    probe.probes = [probe, probe, probe, probe]
    expect(await problemsOf({ image: 'a', ready: probe })).toEqual([
      'ready.probes[0]: holds itself; write plain data',
    ])
  })

  it('options that hold themselves', async () => {
    const engine: Record<string, unknown> = {}
    engine.self = { engine }
    expect(await problemsOf({ image: 'a', options: { engine } })).toEqual([
      'options.engine.self.engine: holds itself; write plain data',
    ])
  })

  it('what is nested without measure', async () => {
    let value: unknown = 'end'
    for (let depth = 0; depth < 100_000; depth++) value = { value }
    expect((await problemsOf({ image: 'a', options: { engine: value } }))[0]).toMatch(
      /is nested more than 64 deep; write it flatter$/,
    )
  })
})
