import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { http, secret } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { hasOutput, hexOf, scriptOutput, TO_HEX } from '../scene/read-output.ts'
import type { Scene } from '../scene/scene.ts'
import { shows } from '../scene/witness.ts'

/** Secrets arrive, and show nowhere. */
export const secrets: WriteChapter = ({ capabilities }) => {
  const byValue = capabilities.secretEnv !== 'reference'
  return {
    title: 'secrets',
    concurrent: true,
    tests: [
      ...where(
        byValue && hasOutput(capabilities),
        promise('a secret variable arrives with every byte', async (scene) => {
          const canary = newCanary(scene, `'"$HOME\n\\ä🚢`)
          const output = await scriptOutput(scene, `printf %s "$PASSWORD" | ${TO_HEX}`, {
            env: { PASSWORD: secret(canary) },
          })
          assert.equal(output, `${hexOf(canary)}\n`)
        }),
        promise(
          'a secret that is looked up arrives, and is looked up once and only for its run',
          async (scene) => {
            const canary = newCanary(scene)
            let calls = 0
            const password = secret(async () => {
              calls += 1
              return canary
            })
            assert.equal(calls, 0)
            const output = await scriptOutput(scene, `printf %s "$PASSWORD" | ${TO_HEX}`, {
              env: { PASSWORD: password },
            })
            assert.equal(output, `${hexOf(canary)}\n`)
            assert.equal(calls, 1)
          },
        ),
      ),
      ...where(
        !byValue,
        promise('a secret by value is refused, with the way to give it', async (scene) => {
          const canary = newCanary(scene)
          const error = await scene.errorOf(
            scene.run(scene.workloads.sleep(), { env: { PASSWORD: secret(canary) } }),
            'run() with a secret by value',
            'unsupported',
          )
          assert.match(error.message, /PASSWORD[\s\S]*secretRef/)
          assert.ok(!shows(error.message, canary))
          await scene.assertNothingLeft('when run() has refused')
        }),
      ),
      ...where(
        byValue,
        promise('a secret that cannot be looked up fails the run before anything is made', async (scene) => {
          const lost = secret(() => Promise.reject(new Error('the vault is shut')))
          const error = await scene.errorOf(
            scene.run(scene.workloads.sleep(), { env: { PASSWORD: lost } }),
            'run() without its secret',
            'invalid-spec',
          )
          assert.match(inspect(error), /PASSWORD/)
          await scene.assertNothingLeft('when run() has failed')
        }),
        promise('shows in nothing that a run, a listing, a sweep or a check tells', async (scene) => {
          const canary = newCanary(scene)
          const run = await scene.run(scene.workloads.sleep(), {
            env: { PASSWORD: secret(canary) },
            ...(capabilities.files?.secret && { files: { '/tmp/password': secret(canary) } }),
          })
          await run.ready()
          const found = await scene.find(run.id)
          const listed = await Array.fromAsync(scene.provider.list())
          const report = await scene.provider.sweep({ dryRun: true })
          const check = await scene.provider.check()
          const seen = {
            run,
            found,
            listed,
            report,
            check,
            cost: run.cost(),
            timeline: run.timeline,
            events: run.events,
          }
          for (const [where, value] of Object.entries(seen)) {
            scene.witness.see(`${scene.slug}: ${where}`, value)
            assert.ok(
              !shows(`${inspect(value, { depth: 9, getters: true })}${JSON.stringify(value)}`, canary),
              `it shows in ${where}`,
            )
          }
          assert.ok(
            (await scene.left(run)).every((entry) => !shows(entry, canary)),
            'it shows in names or labels on the engine',
          )
        }),
        promise('shows in no error, its evidence included, though the container prints it', async (scene) => {
          const canary = newCanary(scene)
          const run = await scene.run(scene.workloads.shell('echo "password is $PASSWORD"; exit 1'), {
            env: { PASSWORD: secret(canary) },
            ports: [8080],
            ready: http('/', { port: 8080 }),
          })
          const error = await scene.errorOf(
            run.ready({ timeout: '50s' }),
            'ready() of a container that exits',
            'exited',
          )
          assert.ok(
            !shows(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}${error.stack}`, canary),
            'it shows in the error',
          )
          if (capabilities.logs) {
            const evidence = error.evidence.logs ?? []
            assert.ok(
              evidence.some(({ text }) => text.startsWith('password is ')),
              'the line itself is in the evidence',
            )
            for (const { text, bytes } of evidence) {
              assert.ok(
                !shows(text, canary) && !shows(Buffer.from(bytes).toString('utf8'), canary),
                'it shows in the evidence',
              )
            }
          }
        }),
        promise('shows in no error of a start that fails', async (scene) => {
          const canary = newCanary(scene)
          const error = await scene.errorOf(
            (async () => {
              const spec = { image: scene.workloads.missingImage, env: { PASSWORD: secret(canary) } }
              const run = await scene.run(spec, { ready: { kind: 'started' } })
              await run.ready({ timeout: '60s' })
            })(),
            'the start of an image that is not there',
          )
          assert.ok(!shows(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}${error.stack}`, canary))
        }),
      ),
      promise('is refused where it would not stay secret', async (scene) => {
        const canary = newCanary(scene)
        for (const [field, more] of [
          ['labels', { labels: { team: secret(canary) } }],
          ['command', { command: [secret(canary)] }],
          ['name', { name: secret(canary) }],
        ] as const) {
          // What types forbid, programs in plain JavaScript do.
          const spec = { ...scene.spec(scene.workloads.sleep()), ...more } as unknown as Parameters<
            typeof scene.provider.run
          >[0]
          const error = await scene.errorOf(
            scene.start(scene.provider, spec),
            `run() with a secret in ${field}`,
            'invalid-spec',
          )
          assert.match(error.message, new RegExp(field))
          assert.ok(!shows(error.message, canary))
        }
      }),
    ],
  }
}

function newCanary(scene: Scene, suffix = ''): string {
  // A whole test run can give one canary to all its suites, to search everything for it at the end.
  const canary = `${process.env.BERTH_CANARY ?? `canary-${globalThis.crypto.randomUUID()}`}${suffix}`
  scene.witness.watchFor(canary)
  return canary
}
