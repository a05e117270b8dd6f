import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import type { Scene } from '../scene/scene.ts'
import { STAY } from '../scene/stay.ts'
import { thrownBy } from '../scene/thrown-by.ts'

/** Words that a shell, a JSON body or a URL would mangle. */
export const ODD_WORDS: readonly string[] = [
  'plain',
  '',
  ' ',
  'two words',
  "it's",
  '"double"',
  '`tick`',
  '$HOME',
  '$(id)',
  '*',
  '~',
  '-n',
  '--',
  '\\',
  '\\n',
  'a\nb',
  '\t',
  '%s',
  '{}',
  'a=b',
  ';',
  '|',
  '&',
  '#',
  '!',
  'äöü',
  '漢字',
  '🚢',
  'e\u0301',
  '\u0001',
  'x'.repeat(10_000),
]

/** Commands run in a container, and their output collected. */
export const exec: WriteChapter = ({ capabilities }) => {
  const grade = capabilities.exec
  const tellsCode = grade !== undefined && grade.exitCode !== 'none'
  const separate = grade?.stderr === 'separate'
  return {
    title: 'exec',
    concurrent: true,
    tests: where(
      grade,
      promise('collects output and exit code', async (scene) => {
        const run = await sleeper(scene)
        const result = await run.exec(['sh', '-c', 'echo to stdout; echo to stderr >&2'])
        assert.equal(result.exitCode, tellsCode ? 0 : undefined)
        if (separate) {
          assert.equal(result.stdout, 'to stdout\n')
          assert.equal(result.stderr, 'to stderr\n')
        } else {
          assert.deepEqual(result.stdout.split('\n').toSorted(), ['', 'to stderr', 'to stdout'])
          assert.equal(result.stderr, '')
        }
        assert.deepEqual(Buffer.from(result.stdoutBytes).toString(), result.stdout)
      }),
      promise(
        tellsCode
          ? 'gives a nonzero exit code as a result, 126 and 127 too'
          : 'gives no exit code where the cloud tells none',
        async (scene) => {
          const run = await sleeper(scene)
          for (const code of [0, 1, 42, 126, 127, 255]) {
            const { exitCode } = await run.exec(['sh', '-c', `exit ${code}`])
            assert.equal(exitCode, tellsCode ? code : undefined)
          }
        },
      ),
      ...where(
        tellsCode,
        promise('tells a command that a signal ended from one that ended well', async (scene) => {
          const run = await sleeper(scene)
          const { exitCode, signal } = await run.exec(['sh', '-c', 'kill -9 $$'])
          assert.ok(exitCode === 137 || signal === 'SIGKILL', `exit code ${exitCode}, signal ${signal}`)
        }),
        promise('throws for a command that cannot start, and names it', async (scene) => {
          const run = await sleeper(scene)
          const missing = await scene.errorOf(
            run.exec(['/no/such/program']),
            'exec() of a program that is not there',
          )
          assert.notEqual(missing.code, 'internal', missing.message)
          assert.match(missing.message, /no\/such\/program/)
          const directory = await scene.errorOf(run.exec(['/']), 'exec() of a directory')
          assert.notEqual(directory.code, 'internal', directory.message)
          assert.equal((await run.exec(['true'])).exitCode, 0, 'and the run is as usable as before')
        }),
      ),
      promise('takes every word of the command as it is', async (scene) => {
        const run = await sleeper(scene)
        const { stdout } = await run.exec([
          'sh',
          '-c',
          'for word do printf "<%s>" "$word"; done',
          'sh',
          ...ODD_WORDS,
        ])
        assert.equal(stdout, ODD_WORDS.map((word) => `<${word}>`).join(''))
      }),
      promise('gives output bytes exactly, invalid UTF-8 and zero bytes too', async (scene) => {
        const run = await sleeper(scene)
        const { stdoutBytes } = await run.exec(['printf', '\\377\\000\\r\\n\\303'])
        assert.equal(Buffer.from(stdoutBytes).toString('hex'), 'ff000d0ac3')
      }),
      promise('gives no output as empty output', async (scene) => {
        const run = await sleeper(scene)
        const { stdout, stderr, stdoutBytes } = await run.exec(['true'])
        assert.deepEqual([stdout, stderr, stdoutBytes.length], ['', '', 0])
      }),
      promise('sets environment and working directory for this command only', async (scene) => {
        const run = await sleeper(scene)
        const script =
          'printf "%s|" "$GREETING"; test "$(pwd -P)" = "$(cd "$BERTH_ROOT/tmp" && pwd -P)" && echo there'
        const result = await run.exec(['sh', '-c', script], {
          env: { GREETING: "it's $HOME" },
          workingDirectory: '/tmp',
        })
        assert.equal(result.stdout, "it's $HOME|there\n")
        assert.equal((await run.exec(['sh', '-c', 'printf %s "$GREETING"'])).stdout, '')
      }),
      promise('sees the container’s own environment', async (scene) => {
        const run = await scene.run(scene.workloads.sleep(), { env: { OWN: 'of the spec' } })
        await run.ready()
        assert.equal((await run.exec(['sh', '-c', 'printf %s "$OWN"'])).stdout, 'of the spec')
      }),
      ...where(
        capabilities.user && grade?.user !== false,
        promise('runs as the user asked for', async (scene) => {
          const run = await sleeper(scene)
          assert.equal((await run.exec(['id', '-u'], { user: '1234' })).stdout, '1234\n')
        }),
      ),
      ...where(
        capabilities.sidecars,
        promise('runs in the container asked for', async (scene) => {
          const run = await scene.run(scene.workloads.shell(STAY), {
            env: { WHO: 'main' },
            sidecars: { helper: { ...scene.workloads.shell(STAY), env: { WHO: 'helper' } } },
          })
          await run.ready()
          const who = ['sh', '-c', 'printf %s "$WHO"']
          assert.equal((await run.exec(who)).stdout, 'main')
          assert.equal((await run.exec(who, { container: 'helper' })).stdout, 'helper')
          await scene.errorOf(
            run.exec(who, { container: 'nobody' }),
            'exec() in an unknown container',
            'not-found',
            'invalid-spec',
          )
        }),
      ),
      promise('twenty at once keep their outputs apart', async (scene) => {
        const run = await sleeper(scene)
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            run.exec(['sh', '-c', `sleep 0.1; echo number ${index}; exit ${index}`]),
          ),
        )
        assert.deepEqual(
          results.map(({ stdout }) => stdout),
          results.map((_, index) => `number ${index}\n`),
        )
        if (tellsCode)
          assert.deepEqual(
            results.map(({ exitCode }) => exitCode),
            results.map((_, index) => index),
          )
      }),
      promise('past its timeout throws timeout, and the run goes on', async (scene) => {
        const run = await sleeper(scene)
        const error = await scene.errorOf(
          run.exec(['sleep', '600'], { timeout: '300ms' }),
          'exec() past its timeout',
          'timeout',
        )
        assert.match(error.message, /sleep 600/)
        assert.equal((await run.exec(['echo', 'still here'])).stdout, 'still here\n')
      }),
      promise('ends with the caller’s own reason when aborted', async (scene) => {
        const run = await sleeper(scene)
        const reason = new Error('enough')
        const controller = new AbortController()
        const executing = thrownBy(
          run.exec(['sleep', '600'], { signal: controller.signal }),
          'an aborted exec()',
        )
        await pause(200)
        controller.abort(reason)
        assert.equal(await executing, reason)
      }),
      promise('in a container that has ended throws', async (scene) => {
        const run = await scene.run(scene.workloads.shell('exit 0'))
        await run.exited()
        const error = await scene.errorOf(run.exec(['true']), 'exec() in a container that has ended')
        assert.notEqual(error.code, 'internal', error.message)
      }),
      promise('of a command that is none is a programmer’s error', async (scene) => {
        const run = await sleeper(scene)
        assert.ok((await thrownBy(run.exec([]), 'exec() of nothing')) instanceof TypeError)
      }),
    ),
  }
}

/** A run in which commands can be run. */
export async function sleeper(scene: Scene) {
  const run = await scene.run(scene.workloads.sleep())
  await run.ready()
  return run
}
