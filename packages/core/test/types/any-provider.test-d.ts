import { expectTypeOf } from 'vitest'
import type {
  AnyProvider,
  BerthError,
  CapabilitiesOf,
  ContainerRun,
  ContainerSpec,
  Provider,
  ProviderWith,
} from '../../src/index.ts'
import {
  type BareCapabilities,
  bare,
  boards,
  type EngineCapabilities,
  engine,
  groups,
  tasks,
} from './invented-clouds.ts'

// Each provider is an AnyProvider, in lists and maps too.
const all: readonly AnyProvider[] = [engine, groups, tasks, bare, boards]
const byName: Readonly<Record<string, AnyProvider>> = { engine, bare }
const configured = new Map<string, AnyProvider>([
  ['engine', engine],
  ['bare', bare],
])
void [all, byName, configured]

// Its specs may ask for everything, its runs have what all have.
declare const some: AnyProvider
void some.run({
  image: 'a',
  gpu: { count: 1 },
  architecture: 'arm64',
  sidecars: { b: { image: 'b', user: 1 } },
})
void some.run({ image: 'a', volumes: { c: { kind: 'efs' } }, options: { tasks: { taskRoleArn: 'arn' } } })
declare const run: ContainerRun
void run.ready()
// @ts-expect-error it may have no exec
void run.exec(['true'])
// @ts-expect-error it may have no logs
void run.logs()
void some.run({
  image: 'a',
  // @ts-expect-error a gpu has a count
  gpu: { cuont: 1 },
})
void some.run({
  image: 'a',
  // @ts-expect-error no cloud has it
  flavour: 'large',
})
void some.run({
  image: 'a',
  // @ts-expect-error no cloud has this kind of volume
  volumes: { data: { kind: 'floppy' } },
})

// Asking narrows.
if (run.supports('exec')) {
  void run.exec(['true'])
  void run.openExec(['true'])
  void run.ready()
  // @ts-expect-error exec says nothing about logs
  void run.logs()
  // @ts-expect-error an exec of whichever cloud may have no terminal
  void run.exec(['sh'], { tty: true })
}
if (run.supports('logs') && run.supports('copy')) {
  void run.logs()
  void run.copyOut('/a')
}
if (!run.supports('portForward')) {
  // @ts-expect-error it has no portForward
  void run.portForward(80)
}
// @ts-expect-error gpu is no feature of a run
run.supports('gpu')

// A provider known to have a feature.
async function listFiles(provider: ProviderWith<'exec'>): Promise<string> {
  const listed = await provider.run({ image: 'busybox', spot: true })
  // @ts-expect-error only exec is known
  listed.logs()
  return (await listed.exec(['ls'], { env: { A: 'b' } })).stdout
}
void listFiles(engine)
void listFiles(groups)
void listFiles(tasks)
// @ts-expect-error bare has no exec
void listFiles(bare)
// @ts-expect-error boards has no exec
void listFiles(boards)
async function both(provider: ProviderWith<'exec' | 'copy'>): Promise<void> {
  const run = await provider.run({ image: 'busybox' })
  await run.copyIn({ '/a': 'b' })
  await run.exec(['cat', '/a'])
}
void both(engine)
// @ts-expect-error groups has exec, but no copy
void both(groups)

// A generic body sees the base; the caller keeps what its cloud can do.
async function started<P extends AnyProvider>(provider: P): Promise<P> {
  const run = await provider.run({ image: 'nginx' })
  await run.ready()
  return provider
}
expectTypeOf(started(engine)).resolves.toEqualTypeOf<typeof engine>()

// One cloud's provider is not another's, nor is one of whichever cloud.
// @ts-expect-error the bare one lacks what an engine has
const wrong: Provider<EngineCapabilities> = bare
// @ts-expect-error some provider may be any
const unknown: Provider<BareCapabilities> = some
void [wrong, unknown]

// Runs go where any run goes.
declare const engineRun: ContainerRun<EngineCapabilities>
const anyRun: ContainerRun = engineRun
const anySpec = (spec: ContainerSpec<EngineCapabilities>): ContainerSpec => spec
void [anyRun, anySpec]

expectTypeOf<CapabilitiesOf<typeof engine>>().toEqualTypeOf<EngineCapabilities>()
expectTypeOf<CapabilitiesOf<AnyProvider>['name']>().toEqualTypeOf<string>()
expectTypeOf(engine.capabilities.name).toEqualTypeOf<'engine'>()
expectTypeOf<BerthError['code']>().toExtend<string>()
