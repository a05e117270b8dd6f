import { expectTypeOf } from 'vitest'
import type { AnyCapabilities, Common } from '../../src/index.ts'
import {
  type BareCapabilities,
  type BoardsCapabilities,
  bare,
  type EngineCapabilities,
  engine,
  type GroupsCapabilities,
  groups,
  type TasksCapabilities,
  tasks,
} from './invented-clouds.ts'

expectTypeOf<Common<EngineCapabilities, 'volumes'>>().toEqualTypeOf<'empty' | 'named' | 'host'>()
expectTypeOf<Common<EngineCapabilities | TasksCapabilities, 'volumes'>>().toEqualTypeOf<'empty'>()
expectTypeOf<Common<EngineCapabilities | TasksCapabilities, 'restart'>>().toEqualTypeOf<'never'>()
expectTypeOf<Common<EngineCapabilities | GroupsCapabilities, 'expose'>>().toEqualTypeOf<'public'>()
expectTypeOf<Common<GroupsCapabilities | BoardsCapabilities, 'architecture'>>().toEqualTypeOf<never>()
expectTypeOf<Common<GroupsCapabilities | BareCapabilities, 'volumes'>>().toEqualTypeOf<never>()
expectTypeOf<Common<AnyCapabilities, 'architecture'>>().toEqualTypeOf<'amd64' | 'arm64'>()
expectTypeOf<Common<AnyCapabilities | GroupsCapabilities, 'architecture'>>().toEqualTypeOf<'amd64'>()
expectTypeOf<Common<AnyCapabilities | EngineCapabilities, 'volumes'>>().toEqualTypeOf<
  'empty' | 'named' | 'host'
>()

void groups.run({ image: 'a', architecture: 'amd64' })
void tasks.run({ image: 'a', volumes: { data: { kind: 'efs', options: { fileSystemId: 'fs-1' } } } })

void groups.run({
  image: 'a',
  // @ts-expect-error groups has amd64 only
  architecture: 'arm64',
})
void tasks.run({
  image: 'a',
  // @ts-expect-error tasks never restarts
  restart: 'always',
})
void engine.run({
  image: 'a',
  // @ts-expect-error engine has no private network
  expose: 'private',
})
void engine.run({
  image: 'a',
  // @ts-expect-error engine has no efs
  volumes: { data: { kind: 'efs' } },
})
void engine.run({
  image: 'a',
  // @ts-expect-error no cloud restarts sometimes
  restart: 'sometimes',
})
void bare.run({
  image: 'a',
  // @ts-expect-error bare cannot choose an architecture
  architecture: 'amd64',
})
