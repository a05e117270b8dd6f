import assert from 'node:assert/strict'
import { secret } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { hasOutput, hexOf, scriptOutput, TO_HEX } from '../scene/read-output.ts'

/** Files that stand in the container before its first process starts. */
export const files: WriteChapter = ({ capabilities }) => ({
  title: 'files',
  concurrent: true,
  tests: [
    ...where(
      capabilities.files && hasOutput(capabilities),
      promise(
        'are there with every byte when the first process starts, in directories that did not exist',
        async (scene) => {
          const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
          const contents: Readonly<Record<string, string | Uint8Array>> = {
            '/data/text.txt': 'of text, ä🚢\n',
            '/data/deep/er/bytes': bytes,
            '/data/empty': '',
            '/tmp/with space': 'x',
          }
          const script = Object.keys(contents)
            .map((path) => `cat "$BERTH_ROOT${path}" | ${TO_HEX}`)
            .join('; ')
          const output = await scriptOutput(scene, script, { files: contents })
          assert.deepEqual(output.trimEnd().split('\n'), Object.values(contents).map(hexOf))
        },
      ),
      promise('have the mode asked for, by default 644', async (scene) => {
        const output = await scriptOutput(
          scene,
          'for f in plain script own; do ls -l "$BERTH_ROOT/data/$f" | cut -c 1-10; done; "$BERTH_ROOT/data/script"',
          {
            files: {
              '/data/plain': 'x',
              '/data/script': { content: '#!/bin/sh\necho runs\n', mode: 0o755 },
              '/data/own': { content: 'x', mode: 0o600 },
            },
          },
        )
        assert.deepEqual(output.trimEnd().split('\n'), ['-rw-r--r--', '-rwxr-xr-x', '-rw-------', 'runs'])
      }),
      promise('of 200 KB arrive whole', async (scene) => {
        const content = 'x'.repeat(Math.min(200_000, capabilities.files?.maxBytes ?? 0))
        const output = await scriptOutput(scene, 'wc -c < "$BERTH_ROOT/data/big"', {
          files: { '/data/big': content },
        })
        assert.equal(Number(output), content.length)
      }),
      ...where(
        capabilities.files?.secret,
        promise('may be secret: then they are for their owner only', async (scene) => {
          const canary = `canary-${globalThis.crypto.randomUUID()}`
          scene.witness.watchFor(canary)
          const script = `cat "$BERTH_ROOT/data/password" | ${TO_HEX}; ls -l "$BERTH_ROOT/data/password" | cut -c 1-10`
          const output = await scriptOutput(scene, script, { files: { '/data/password': secret(canary) } })
          assert.deepEqual(output.trimEnd().split('\n'), [hexOf(canary), '-r--------'])
        }),
      ),
      ...where(
        capabilities.sidecars || capabilities.initContainers,
        promise('belong to one container of the group', async (scene) => {
          const output = await scriptOutput(scene, 'cat "$BERTH_ROOT/data/mine" 2>/dev/null || echo none', {
            ...(capabilities.initContainers && {
              initContainers: {
                before: {
                  ...scene.workloads.shell('cat "$BERTH_ROOT/data/mine"'),
                  files: { '/data/mine': 'its own' },
                },
              },
            }),
            ...(!capabilities.initContainers && {
              sidecars: { beside: { ...scene.workloads.sleep(), files: { '/data/mine': 'its own' } } },
            }),
          })
          assert.equal(output, 'none\n')
        }),
      ),
    ),
    ...where(
      capabilities.files,
      promise('that are too large are refused before anything is made', async (scene) => {
        const { maxBytes = 0 } = capabilities.files ?? {}
        const error = await scene.errorOf(
          scene.run(scene.workloads.sleep(), { files: { '/data/big': new Uint8Array(maxBytes + 1) } }),
          'run() with a file that is too large',
          'invalid-spec',
          'unsupported',
        )
        assert.match(error.message, /\/data\/big/)
        await scene.assertNothingLeft('when run() has refused')
      }),
      promise('need an absolute path', async (scene) => {
        await scene.errorOf(
          scene.run(scene.workloads.sleep(), { files: { 'data/relative': 'x' } }),
          'run() with a relative path',
          'invalid-spec',
        )
      }),
    ),
  ],
})
