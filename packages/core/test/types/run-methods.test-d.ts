import { expectTypeOf } from 'vitest'
import type { ContainerRun, ExecResult, LogLine, Session } from '../../src/index.ts'
import type {
  BareCapabilities,
  BoardsCapabilities,
  EngineCapabilities,
  GroupsCapabilities,
  TasksCapabilities,
} from './invented-clouds.ts'

declare const engineRun: ContainerRun<EngineCapabilities>
declare const groupsRun: ContainerRun<GroupsCapabilities>
declare const tasksRun: ContainerRun<TasksCapabilities>
declare const bareRun: ContainerRun<BareCapabilities>
declare const boardsRun: ContainerRun<BoardsCapabilities>

// What every run has.
void bareRun.ready({ timeout: '1m' })
void bareRun.stop({ grace: 0 })
expectTypeOf(bareRun.timeline.total).toEqualTypeOf<number | undefined>()
expectTypeOf(bareRun.url).toEqualTypeOf<string | undefined>()

// What its cloud can do is there.
expectTypeOf(engineRun.exec(['true'])).resolves.toEqualTypeOf<ExecResult>()
expectTypeOf(engineRun.openExec(['sh'], { tty: true })).resolves.toEqualTypeOf<Session>()
expectTypeOf(boardsRun.logs({ follow: true })).toEqualTypeOf<AsyncIterable<LogLine>>()
void engineRun.copyIn({ '/a': 'b' })
void engineRun.restart()
void groupsRun.metrics()
void groupsRun.exec(['true'], { tty: true })
void tasksRun.exec(['cat'], { stdin: 'text', timeout: '5s' })

// What it cannot is not.
// @ts-expect-error bare has no exec
void bareRun.exec(['true'])
// @ts-expect-error bare has no exec
void bareRun.openExec(['true'])
// @ts-expect-error bare has no logs
void bareRun.logs()
// @ts-expect-error groups has no copy
void groupsRun.copyIn({ '/a': 'b' })
// @ts-expect-error groups has no copy
void groupsRun.copyOut('/a')
// @ts-expect-error groups has no portForward
void groupsRun.portForward(80)
// @ts-expect-error tasks has no restart
void tasksRun.restart()
// @ts-expect-error tasks has no attach
void tasksRun.attach()
// @ts-expect-error boards has no metrics
void boardsRun.metrics()

// What a grade denies is no option.
// @ts-expect-error the exec of tasks has no terminal
void tasksRun.exec(['sh'], { tty: true })
// @ts-expect-error the exec of groups has no input
void groupsRun.openExec(['cat'], { stdin: 'text' })

// Asking at run time narrows nothing that is known already.
if (engineRun.supports('exec')) void engineRun.exec(['sh'], { tty: true })
