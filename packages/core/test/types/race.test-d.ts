import { expectTypeOf } from 'vitest'
import type { AnyProvider, ContainerRun } from '../../src/index.ts'
import {
  bare,
  boards,
  type EngineCapabilities,
  engine,
  groups,
  type TasksCapabilities,
  tasks,
} from './invented-clouds.ts'
import { race } from './race.ts'

// What all have.
void race([engine, groups], { image: 'a', health: { probe: { kind: 'tcp' } }, files: { '/b': 'c' } })
void race([engine, tasks], { image: 'a', user: 'app', architecture: 'arm64', restart: 'never' })
void race([groups, tasks], { image: 'a', spot: true, volumes: { data: { kind: 'empty' } } })
void race([engine], { image: 'a', initContainers: { b: { image: 'b' } } })
void race([engine, groups], {
  image: 'a',
  sidecars: { b: { image: 'b', health: { probe: { kind: 'tcp' } } } },
})
void race([engine, tasks], {
  image: 'a',
  options: { engine: { privileged: true }, tasks: { taskRoleArn: 'b' } },
})

// What one lacks.
void race([engine, groups], {
  image: 'a',
  // @ts-expect-error engine does not support gpu
  gpu: { count: 1 },
})
void race([engine, groups], {
  image: 'a',
  // @ts-expect-error groups does not support user
  user: 'app',
})
void race([engine, tasks], {
  image: 'a',
  // @ts-expect-error tasks does not support files
  files: { '/a': 'b' },
})
void race([engine, groups, tasks], {
  image: 'a',
  // @ts-expect-error engine does not support spot
  spot: true,
})
void race([engine, bare], {
  image: 'a',
  // @ts-expect-error bare does not support sidecars
  sidecars: {},
})
void race([engine, groups], {
  image: 'a',
  // @ts-expect-error only engine has arm64
  architecture: 'arm64',
})
void race([groups, boards], {
  image: 'a',
  // @ts-expect-error they share no architecture
  architecture: 'arm64',
})
void race([engine, tasks], {
  image: 'a',
  // @ts-expect-error only tasks has efs
  volumes: { data: { kind: 'efs' } },
})
void race([engine, groups], {
  image: 'a',
  sidecars: {
    b: {
      image: 'b',
      // @ts-expect-error groups does not support user
      user: 'app',
    },
  },
})

// The winner's run has what all of their runs have.
const run = await race([engine, tasks], { image: 'a' })
expectTypeOf(run).toEqualTypeOf<ContainerRun<EngineCapabilities | TasksCapabilities>>()
void run.exec(['true'], { stdin: 'text' })
run.logs()
// @ts-expect-error the exec of tasks has no terminal
void run.exec(['sh'], { tty: true })
// @ts-expect-error tasks has no copy
void run.copyIn({ '/a': 'b' })
const execless = await race([engine, boards], { image: 'a' })
execless.logs()
// @ts-expect-error boards has no exec
void execless.exec(['true'])
const least = await race([engine, groups, tasks, bare], { image: 'a' })
// @ts-expect-error bare has no logs
least.logs()

// With one of whichever cloud, the others' limits still hold.
declare const some: AnyProvider
void race([some, groups], { image: 'a', gpu: { count: 1 } })
void race([some, engine], {
  image: 'a',
  // @ts-expect-error engine does not support gpu
  gpu: { count: 1 },
})
const unknown = await race([some, engine], { image: 'a' })
// @ts-expect-error some may have no exec
void unknown.exec(['true'])

// A list of providers that is made elsewhere.
const pair = [engine, groups] as const
void race(pair, { image: 'a', health: { probe: { kind: 'tcp' } } })
void race(pair, {
  image: 'a',
  // @ts-expect-error groups does not support user
  user: 'app',
})
