import { expectTypeOf } from 'vitest'
import type { Adapter } from '../../src/index.ts'
import { type ContainerSpec, containerSpec, defineProvider } from '../../src/index.ts'
import {
  bare,
  bareData,
  engine,
  groups,
  type TasksCapabilities,
  tasks,
  tasksData,
} from './invented-clouds.ts'

// An adapter's own options are typed where they are used.
void engine.run({ image: 'a', options: { engine: { privileged: true, runtime: 'crun' } } })
void tasks.run({ image: 'a', options: { tasks: { taskRoleArn: 'arn:aws:iam::1:role/a' } } })
expectTypeOf<NonNullable<ContainerSpec<TasksCapabilities>['options']>['tasks']>().toEqualTypeOf<
  { readonly taskRoleArn?: string | undefined } | undefined
>()

// Those of other adapters may stand beside them: one spec for several clouds, in turn.
const shared = containerSpec({
  image: 'a',
  options: { engine: { privileged: true }, tasks: { taskRoleArn: 'b' } },
})
void engine.run(shared)
void tasks.run(shared)
void groups.run(shared)

void engine.run({
  image: 'a',
  // @ts-expect-error engine's privileged is a boolean
  options: { engine: { privileged: 'yes' } },
})
void engine.run({
  image: 'a',
  // @ts-expect-error engine has no such option
  options: { engine: { privilegde: true } },
})
void bare.run({
  image: 'a',
  // @ts-expect-error bare has no options of its own
  options: { bare: { anything: true } },
})
const wrong = containerSpec({ image: 'a', options: { engine: { privileged: 'yes' } } })
// @ts-expect-error engine's privileged is a boolean
void engine.run(wrong)

// The data of an adapter is the value of its interface; `native` is a type without a value.
declare const adapter: Adapter
const own = defineProvider<TasksCapabilities, { readonly cluster: string }>({
  capabilities: tasksData,
  connect: () => adapter,
})
void own({ cluster: 'a', name: 'mine' }).run({ image: 'a', options: { tasks: { taskRoleArn: 'b' } } })
// @ts-expect-error the cluster is required
own()
// @ts-expect-error it has no such option
own({ cluster: 'a', clutser: 'b' })
defineProvider<TasksCapabilities>({
  // @ts-expect-error these are the capabilities of another cloud
  capabilities: bareData,
  connect: () => adapter,
})
