import assert from 'node:assert/strict'
import { BerthError, type BerthErrorCode } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import type { FullSpec } from '../scene/full-capabilities.ts'
import type { Scene } from '../scene/scene.ts'

/** What a start says that cannot be. */
export const errors: WriteChapter = ({ capabilities, world }) => ({
  title: 'errors with evidence',
  concurrent: true,
  tests: [
    promise('an image that is not there is image-pull, and names the image', async (scene) => {
      const image = scene.workloads.missingImage
      const error = await failedStart(scene, { image }, 'image-pull')
      assert.ok(error.message.includes(image), `the message names ${image}: ${error.message}`)
    }),
    ...where(
      world.workloads.unreachableImage,
      promise('an image whose registry cannot be reached is image-pull', async (scene) => {
        const image = scene.workloads.unreachableImage ?? ''
        const error = await failedStart(scene, { image }, 'image-pull')
        assert.ok(error.message.includes(image.split('/')[0] ?? ''), error.message)
      }),
    ),
    promise('a command that is not there is start-failed, and names the command', async (scene) => {
      const { image } = scene.workloads.shell('')
      const error = await failedStart(scene, { image, command: ['/no/such/program'] }, 'start-failed')
      assert.match(error.message, /no\/such\/program/)
    }),
    promise('a spec that is wrong names the field, before anything is made', async (scene) => {
      const sleep = scene.workloads.sleep()
      const wrong: Readonly<Record<string, object>> = {
        image: { image: 'Not An Image' },
        cpu: { cpu: -1 },
        memory: { memory: 'much' },
        ports: { ports: [70_000] },
        stopGrace: { stopGrace: 'soon' },
        lifetime: { lifetime: 'for ever' },
        command: { command: 'not an array' },
        labels: { labels: { 'berth-run': 'ours' } },
        nonsense: { nonsense: 1 },
      }
      for (const [field, more] of Object.entries(wrong)) {
        // What types forbid, programs in plain JavaScript do.
        const spec = { ...scene.spec(sleep), ...more } as FullSpec
        const error = await scene.errorOf(
          scene.start(scene.provider, spec),
          `run() with a wrong ${field}`,
          'invalid-spec',
        )
        assert.match(error.message, new RegExp(field), `the message names ${field}: ${error.message}`)
        assert.equal(error.retryable, false)
      }
      await scene.assertNothingLeft('when run() has refused')
    }),
    promise('what is no spec at all is a programmer’s error', async (scene) => {
      for (const spec of [undefined, null, 'nginx', 7]) {
        await assert.rejects(scene.provider.run(spec as unknown as FullSpec), TypeError)
      }
    }),
    promise('an error says what failed, on what, and can be written as JSON', async (scene) => {
      const error = await failedStart(scene, { image: scene.workloads.missingImage }, 'image-pull')
      assert.equal(error.name, 'BerthError')
      assert.equal(error.provider, scene.provider.name)
      assert.equal(error.retryable, false)
      const written = JSON.parse(JSON.stringify(error)) as Record<string, unknown>
      assert.equal(written.code, 'image-pull')
      assert.equal(written.message, error.message)
      assert.ok(BerthError.isInstance(error))
    }),
    ...where(
      capabilities.initContainers,
      promise('a start that fails half-way leaves nothing once it is removed', async (scene) => {
        const start = scene.run(scene.workloads.sleep(), {
          initContainers: { setup: scene.workloads.shell('exit 0') },
          ...(capabilities.sidecars && { sidecars: { broken: { image: scene.workloads.missingImage } } }),
          ...(!capabilities.sidecars && { command: ['/no/such/program'] }),
        })
        const outcome = await start.then(
          (run) => ({ run }),
          () => ({ run: undefined }),
        )
        await outcome.run?.remove()
        await scene.assertNothingLeft('after a start that failed')
      }),
    ),
  ],
})

/**
 * The error of a start that cannot succeed: of `run()` where the cloud tells at once, else of `ready()`. Where `run()` itself throws,
 * nothing may be left by then.
 */
async function failedStart(
  scene: Scene,
  workload: { readonly image: string; readonly command?: readonly string[] },
  code: BerthErrorCode,
): Promise<BerthError> {
  let started = false
  const error = await scene.errorOf(
    (async () => {
      const run = await scene.run(workload, { ready: { kind: 'started' } })
      started = true
      await run.ready({ timeout: '55s' })
    })(),
    `the start of ${workload.image} ${workload.command?.join(' ') ?? ''}`,
    code,
  )
  if (!started) await scene.assertNothingLeft('when run() has thrown')
  return error
}
