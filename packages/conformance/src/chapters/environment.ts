import assert from 'node:assert/strict'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { hasOutput, hexOf, scriptOutput, TO_HEX } from '../scene/read-output.ts'
import { ODD_WORDS } from './exec.ts'

/** What a container finds around it: variables, arguments, directory, user. */
export const environment: WriteChapter = ({ capabilities }) => {
  const isKept = (line: string) => line !== '' || capabilities.logs?.emptyLines !== 'dropped'
  return {
    title: 'environment and arguments',
    concurrent: true,
    tests: [
      ...where(
        hasOutput(capabilities),
        promise('variables arrive with every byte of their values', async (scene) => {
          // Of a lossy log the end is left, which this must be shorter than.
          const words =
            capabilities.logs?.follow === 'lossy'
              ? ODD_WORDS.filter(({ length }) => length < 1_000)
              : ODD_WORDS
          const values = words.map((value, index) => [`ODD_${index}`, value] as const)
          const script = values.map(([name]) => `printf %s "$${name}" | ${TO_HEX}`).join('; ')
          const output = await scriptOutput(scene, script, { env: Object.fromEntries(values) })
          assert.deepEqual(
            output.trimEnd().split('\n'),
            values.map(([, value]) => hexOf(value)).filter(isKept),
          )
        }),
        promise('an empty variable is set', async (scene) => {
          const output = await scriptOutput(
            scene,
            'test "$EMPTY" = "" && env | grep -c -e ^EMPTY= -e ^ABSENT=',
            {
              env: { EMPTY: '' },
            },
          )
          assert.equal(output, '1\n')
        }),
        promise('names with digits, lower case and a leading underscore are names too', async (scene) => {
          const env = { lower: 'a', _under: 'b', With9: 'c' }
          assert.equal(await scriptOutput(scene, 'echo "$lower$_under$With9"', { env }), 'abc\n')
        }),
        promise('the environment of whoever starts it stays outside', async (scene) => {
          process.env.BERTH_CONFORMANCE_OUTSIDE = 'must stay outside'
          try {
            assert.equal(
              await scriptOutput(scene, 'env | grep -c BERTH_CONFORMANCE_OUTSIDE || echo outside'),
              '0\noutside\n',
            )
          } finally {
            delete process.env.BERTH_CONFORMANCE_OUTSIDE
          }
        }),
        promise('the working directory is the one asked for', async (scene) => {
          const script = 'test "$(pwd -P)" = "$(cd "$BERTH_ROOT/tmp" && pwd -P)" && echo there'
          assert.equal(await scriptOutput(scene, script, { workingDirectory: '/tmp' }), 'there\n')
        }),
      ),
      ...where(
        capabilities.logs,
        promise('arguments arrive word by word, as they are', async (scene) => {
          const { command = [] } = scene.workloads.shell('')
          assert.ok(command.length > 0, 'the world’s shell() must give its words as `command`')
          const words = ODD_WORDS.filter((word) => word.length < 1_000)
          const { args: _, ...shell } = scene.workloads.shell('')
          const run = await scene.run(
            { ...shell, command: ['sh', '-c', `for word do printf %s "$word" | ${TO_HEX}; done`] },
            { args: ['sh', ...words] },
          )
          await run.exited()
          const lines = await Array.fromAsync(run.logs())
          assert.deepEqual(
            lines.map(({ text }) => text),
            words.map(hexOf).filter(isKept),
          )
        }),
        ...where(
          capabilities.user,
          promise('user: the process runs as who was asked for', async (scene) => {
            assert.equal(await scriptOutput(scene, 'id -u', { user: 1234 }), '1234\n')
            assert.equal(await scriptOutput(scene, 'id -u; id -g', { user: '1234:2345' }), '1234\n2345\n')
          }),
        ),
      ),
      promise('cpu and memory of a usual size are taken', async (scene) => {
        const run = await scene.run(scene.workloads.sleep(), { cpu: 0.5, memory: '256Mi', fit: 'up' })
        await run.ready()
      }),
    ],
  }
}
