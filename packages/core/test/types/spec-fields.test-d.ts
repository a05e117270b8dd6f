import { expectTypeOf } from 'vitest'
import { type ContainerSpec, secret, secretRef } from '../../src/index.ts'
import {
  type BareCapabilities,
  bare,
  boards,
  type EngineCapabilities,
  engine,
  type GroupsCapabilities,
  groups,
  tasks,
} from './invented-clouds.ts'

// What every cloud has.
void bare.run({ image: 'nginx' })
void bare.run({ image: 'nginx', ports: [80, { port: 53, protocol: 'udp' }], env: { A: 'b', C: secret('d') } })
void bare.run({ image: 'nginx', command: ['a'], args: [], workingDirectory: '/', cpu: 0.5, memory: '1.5Gi' })
void bare.run({ image: 'nginx', ready: { kind: 'all', probes: [{ kind: 'tcp' }, { kind: 'started' }] } })
void bare.run({ image: 'nginx', lifetime: { lease: '10m' }, stopGrace: 500, labels: { a: 'b' }, fit: 'up' })
void bare.run({ image: 'nginx', restart: 'never', expose: 'local' })

// Undefined is as good as left out, also for what a cloud lacks: `gpu: wanted ? … : undefined`.
void bare.run({ image: 'nginx', gpu: undefined, sidecars: undefined, options: undefined, cpu: undefined })

// What only some have.
void engine.run({
  image: 'nginx',
  user: 1_000,
  health: { probe: { kind: 'http', path: '/' }, interval: '5s' },
})
void engine.run({
  image: 'nginx',
  files: { '/a': 'b', '/c': secret('d'), '/e': { content: 'f', mode: 0o600 } },
})
void engine.run({ image: 'nginx', ports: [{ port: 80, publish: 8_080 }] })
void engine.run({ image: 'nginx', volumes: { a: { kind: 'named' } }, mounts: [{ volume: 'a', path: '/a' }] })
void engine.run({ image: 'a', initContainers: { b: { image: 'b', command: ['b'] } } })
void groups.run({ image: 'nginx', gpu: { count: 1, kind: 'V100' }, spot: true })
void groups.run({ image: 'a', sidecars: { b: { image: 'b', ports: [81], files: { '/a': 'b' } } } })
void tasks.run({ image: 'nginx', env: { PASSWORD: secretRef('arn:aws:ssm:…') }, spot: false })
void boards.run({ image: 'nginx', regions: ['attic', 'cellar'], architecture: 'arm64' })

// What each lacks: the error stands at the field.
void engine.run({
  image: 'nginx',
  // @ts-expect-error engine does not support gpu
  gpu: { count: 1 },
})
void engine.run({
  image: 'nginx',
  // @ts-expect-error engine does not support spot
  spot: true,
})
void engine.run({
  image: 'nginx',
  // @ts-expect-error engine does not support spot, nor does it take a no
  spot: false,
})
void engine.run({
  image: 'nginx',
  // @ts-expect-error engine does not support regions
  regions: ['here'],
})
void groups.run({
  image: 'nginx',
  // @ts-expect-error groups does not support user
  user: 'app',
})
void tasks.run({
  image: 'nginx',
  // @ts-expect-error tasks does not support files
  files: { '/a': 'b' },
})
void tasks.run({
  image: 'nginx',
  // @ts-expect-error tasks does not support initContainers
  initContainers: { a: { image: 'a' } },
})
void bare.run({
  image: 'nginx',
  // @ts-expect-error bare does not support sidecars
  sidecars: {},
})
void bare.run({
  image: 'nginx',
  // @ts-expect-error bare does not support health
  health: { probe: { kind: 'tcp' } },
})
void bare.run({
  image: 'nginx',
  // @ts-expect-error bare does not support registry
  registry: { username: 'a', password: secret('b') },
})
void bare.run({
  image: 'nginx',
  // @ts-expect-error bare does not support volumes
  volumes: {},
})
void bare.run({
  image: 'nginx',
  // @ts-expect-error mounts need volumes, which bare does not support
  mounts: [],
})

// So it is in sidecars and init containers.
void groups.run({
  image: 'a',
  sidecars: {
    b: {
      image: 'b',
      // @ts-expect-error groups does not support user
      user: 'app',
    },
  },
})
void tasks.run({
  image: 'a',
  sidecars: {
    b: {
      image: 'b',
      // @ts-expect-error tasks does not support files
      files: { '/a': 'b' },
    },
  },
})
void engine.run({
  image: 'a',
  initContainers: {
    b: {
      image: 'b',
      // @ts-expect-error an init container has no ports
      ports: [80],
    },
  },
})

// Slips of the pen.
void engine.run({
  image: 'nginx',
  // @ts-expect-error a spec has no field imgae
  imgae: 'nginx',
})
// @ts-expect-error the image is missing
void engine.run({ ports: [80] })
void engine.run({
  image: 'nginx',
  // @ts-expect-error 512MB is no amount of memory
  memory: '512MB',
})
void engine.run({
  image: 'nginx',
  // @ts-expect-error a password must be a secret
  registry: { username: 'a', password: 'b' },
})
void engine.run({
  image: 'nginx',
  // @ts-expect-error secrets do not stand in commands
  command: ['a', secret('b')],
})
void engine.run({
  image: 'nginx',
  // @ts-expect-error a null is no number
  cpu: null,
})

// A ternary in a field keeps its type.
declare const wanted: boolean
void engine.run({ image: 'nginx', restart: wanted ? 'always' : 'never', user: wanted ? 'app' : undefined })

// The types of the fields themselves.
expectTypeOf<ContainerSpec<EngineCapabilities>['user']>().toEqualTypeOf<string | number | undefined>()
expectTypeOf<ContainerSpec<BareCapabilities>['architecture']>().toEqualTypeOf<undefined>()
expectTypeOf<ContainerSpec<GroupsCapabilities>['architecture']>().toEqualTypeOf<'amd64' | undefined>()
expectTypeOf<ContainerSpec<EngineCapabilities>['labels']>().toEqualTypeOf<
  Readonly<Record<string, string>> | undefined
>()
