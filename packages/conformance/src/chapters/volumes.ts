import assert from 'node:assert/strict'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { hasOutput, scriptOutput } from '../scene/read-output.ts'
import { STAY } from '../scene/stay.ts'

/** Volumes of a group. */
export const volumes: WriteChapter = ({ capabilities }) => ({
  title: 'volumes',
  concurrent: true,
  tests: where(
    capabilities.volumes?.includes('empty') && hasOutput(capabilities),
    promise('an empty volume is empty, can be written to, and is gone with its run', async (scene) => {
      const output = await scriptOutput(
        scene,
        'ls -A "$BERTH_ROOT/shared" | wc -l; echo x > "$BERTH_ROOT/shared/file" && echo written',
        {
          volumes: { scratch: { kind: 'empty' } },
          mounts: [{ volume: 'scratch', path: '/shared' }],
        },
      )
      assert.deepEqual(output.trim().split(/\s+/), ['0', 'written'])
    }),
    ...where(
      capabilities.initContainers,
      promise('is shared by the containers of the group, at the path of each', async (scene) => {
        const output = await scriptOutput(scene, 'cat "$BERTH_ROOT/here/note"', {
          volumes: { scratch: { kind: 'empty' } },
          mounts: [{ volume: 'scratch', path: '/here' }],
          initContainers: {
            writer: {
              ...scene.workloads.shell('echo from before > "$BERTH_ROOT/there/note"'),
              mounts: [{ volume: 'scratch', path: '/there' }],
            },
          },
        })
        assert.equal(output, 'from before\n')
      }),
    ),
    ...where(
      capabilities.sidecars,
      promise('is shared while they run', async (scene) => {
        const output = await scriptOutput(
          scene,
          'while [ ! -s "$BERTH_ROOT/shared/note" ]; do sleep 0.05; done; cat "$BERTH_ROOT/shared/note"',
          {
            volumes: { scratch: { kind: 'empty' } },
            mounts: [{ volume: 'scratch', path: '/shared' }],
            sidecars: {
              writer: {
                ...scene.workloads.shell(`sleep 0.2; echo from beside > "$BERTH_ROOT/shared/note"; ${STAY}`),
                mounts: [{ volume: 'scratch', path: '/shared' }],
              },
            },
          },
        )
        assert.equal(output, 'from beside\n')
      }),
    ),
    promise('two runs have two', async (scene) => {
      const shared = {
        volumes: { scratch: { kind: 'empty' } },
        mounts: [{ volume: 'scratch', path: '/shared' }],
      } as const
      await scriptOutput(scene, 'echo x > "$BERTH_ROOT/shared/file"', shared)
      assert.equal((await scriptOutput(scene, 'ls -A "$BERTH_ROOT/shared" | wc -l', shared)).trim(), '0')
    }),
    promise('a mount of no volume is refused', async (scene) => {
      const error = await scene.errorOf(
        scene.run(scene.workloads.sleep(), { mounts: [{ volume: 'nowhere', path: '/shared' }] }),
        'run() with a mount of no volume',
        'invalid-spec',
      )
      assert.match(error.message, /nowhere/)
    }),
  ),
})
