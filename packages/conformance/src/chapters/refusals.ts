import assert from 'node:assert/strict'
import {
  type Architecture,
  type Capabilities,
  type Exposure,
  exec,
  health,
  log,
  type Probe,
  type RestartPolicy,
  type RunFeature,
  secret,
  type VolumeKind,
} from '@berth/core'
import { type ContractTest, promise, type WriteChapter, where } from '../scene/chapter.ts'
import type { FullSpec } from '../scene/full-capabilities.ts'
import { RUN_METHODS } from '../scene/run-methods.ts'
import type { Workload } from '../world.ts'

/** A use of each feature of a spec, for a cloud that does not have it. */
function uses(sleep: Workload): Readonly<Record<string, Partial<FullSpec>>> {
  return {
    volumes: { volumes: { scratch: { kind: 'empty' } } },
    files: { files: { '/data/x': 'x' } },
    sidecars: { sidecars: { beside: sleep } },
    initContainers: { initContainers: { before: { image: sleep.image } } },
    health: { health: { probe: exec(['true']) } },
    user: { user: 1000 },
    publish: { ports: [{ port: 80, publish: 8080 }] },
    registry: { registry: { username: 'u', password: secret('a password of nobody') } },
    gpu: { gpu: { count: 1 } },
    spot: { spot: true },
    regions: { regions: ['here'] },
  }
}

const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64']
const RESTARTS: readonly RestartPolicy[] = ['never', 'on-failure', 'always']
const EXPOSURES: readonly Exposure[] = ['local', 'private', 'public']
const VOLUMES: readonly VolumeKind[] = [
  'empty',
  'named',
  'host',
  'secret',
  'git-repo',
  'azure-file',
  'efs',
  'ebs',
  'config-map',
  'persistent-volume-claim',
]
const PROBES: Readonly<Record<'logs' | 'exec' | 'health', Probe>> = {
  logs: log('x'),
  exec: exec(['true']),
  health: health(),
}

/** What a cloud does not have it refuses by name, before anything is made. */
export const refusals: WriteChapter = ({ capabilities, world }) => ({
  title: 'what the cloud does not have',
  concurrent: true,
  tests: [
    ...Object.entries(uses(world.workloads.sleep()))
      .filter(([feature]) => capabilities[feature as keyof Capabilities] === undefined)
      .map(([feature, more]) => refused(feature, feature, more)),
    ...lacking(ARCHITECTURES, capabilities.architecture).map((value) =>
      refused(`architecture ${value}`, value, { architecture: value }),
    ),
    ...lacking(RESTARTS, capabilities.restart).map((value) =>
      refused(`restart ${value}`, value, { restart: value }),
    ),
    ...lacking(EXPOSURES, capabilities.expose).map((value) =>
      refused(`expose ${value}`, value, { expose: value }),
    ),
    ...(capabilities.volumes === undefined ? [] : lacking(VOLUMES, capabilities.volumes)).map((kind) =>
      refused(`volumes of kind ${kind}`, kind, { volumes: { scratch: { kind } } }),
    ),
    ...Object.entries(PROBES)
      .filter(([feature]) => capabilities[feature as keyof typeof PROBES] === undefined)
      .map(([feature, ready]) =>
        refused(`a probe by ${ready.kind} without ${feature}`, ready.kind, { ready }),
      ),
    ...(Object.keys(RUN_METHODS) as RunFeature[])
      .filter((feature) => capabilities[feature] === undefined)
      .map((feature) =>
        promise(`${feature} is nothing that its runs have, and supports() says so`, async (scene) => {
          const run = await scene.run(scene.workloads.sleep())
          assert.equal(run.supports(feature), false)
          for (const method of RUN_METHODS[feature])
            assert.ok(!(method in run), `there is no method ${method}`)
        }),
      ),
    ...where(
      capabilities.secretRef === undefined,
      promise('secretRef is refused by name', async (scene) => {
        const { secretRef } = await import('@berth/core')
        const error = await scene.errorOf(
          scene.run(scene.workloads.sleep(), { env: { PASSWORD: secretRef('somewhere/else') } }),
          'run() with secretRef',
          'unsupported',
        )
        assert.match(error.message, /PASSWORD/)
        await scene.assertNothingLeft('when run() has refused')
      }),
    ),
    ...where(
      capabilities.exec && !capabilities.exec.tty,
      promise('exec with a tty is refused', async (scene) => {
        const run = await scene.run(scene.workloads.sleep())
        await run.ready()
        await scene.errorOf(run.exec(['true'], { tty: true }), 'exec() with a tty', 'unsupported')
      }),
    ),
    promise('options of another adapter are not taken for its own', async (scene) => {
      const options = { 'no-such-adapter': { image: 'other' } }
      // What types forbid, configuration files do.
      const run = await scene.run(scene.workloads.sleep(), { options } as Partial<FullSpec>)
      await run.ready()
      assert.equal(run.image, scene.workloads.sleep().image)
    }),
    promise('what its lists of values name is not refused', async (scene) => {
      const run = await scene.run(scene.workloads.sleep(), {
        restart: capabilities.restart[0],
        expose: capabilities.expose[0],
      })
      await run.ready()
    }),
  ],
})

function lacking<V>(known: readonly V[], supported: readonly V[]): readonly V[] {
  return known.filter((value) => !supported.includes(value))
}

function refused(what: string, named: string, more: Partial<FullSpec>): ContractTest {
  return promise(`${what} is refused by name, before anything is made`, async (scene) => {
    const error = await scene.errorOf(
      scene.run(scene.workloads.sleep(), more),
      `run() with ${what}`,
      'unsupported',
    )
    assert.ok(
      error.message.includes(scene.capabilities.name),
      `the message names the cloud: ${error.message}`,
    )
    assert.ok(error.message.includes(named), `the message names ${named}: ${error.message}`)
    await scene.assertNothingLeft('when run() has refused')
  })
}
