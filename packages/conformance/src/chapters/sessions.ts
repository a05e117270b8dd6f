import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import { sleeper } from './exec.ts'

const MEGABYTE = 2 ** 20

/** Commands with open streams. */
export const sessions: WriteChapter = ({ capabilities }) => {
  const grade = capabilities.exec
  const code = grade?.exitCode === 'none' ? undefined : 0
  return {
    title: 'sessions',
    concurrent: true,
    tests: [
      ...where(
        grade,
        promise('exited resolves after the last byte of output', async (scene) => {
          const run = await sleeper(scene)
          await using session = await run.openExec(['sh', '-c', 'head -c 300000 /dev/zero; echo end'])
          let received = 0
          session.stdout.on('data', (chunk: Buffer) => {
            received += chunk.length
          })
          session.stderr.resume()
          session.stdin.end()
          const exit = await session.exited
          assert.equal(exit.exitCode, code)
          assert.equal(received, 300_004)
        }),
        promise('a slow reader loses nothing', async (scene) => {
          const run = await sleeper(scene)
          await using session = await run.openExec(['sh', '-c', `head -c ${8 * MEGABYTE} /dev/zero`])
          session.stdin.end()
          session.stderr.resume()
          await pause(300)
          let received = 0
          for await (const chunk of session.stdout) received += (chunk as Buffer).length
          assert.equal(received, 8 * MEGABYTE)
          assert.equal((await session.exited).exitCode, code)
        }),
        promise('close() ends our side, twice too, and the run goes on', async (scene) => {
          const run = await sleeper(scene)
          const session = await run.openExec(['sh', '-c', 'echo up; sleep 600'])
          await once(session.stdout, 'readable')
          session.exited.catch(() => {})
          await session.close()
          await session.close()
          assert.equal((await run.exec(['echo', 'still here'])).stdout, 'still here\n')
        }),
      ),
      ...where(
        grade?.stdin,
        promise(
          'five megabytes of input come out again intact',
          async (scene) => {
            const run = await sleeper(scene)
            const bytes = randomBytes(5 * MEGABYTE)
            const { stdoutBytes, exitCode } = await run.exec(['cat'], { stdin: bytes })
            assert.equal(exitCode, code)
            assert.ok(
              bytes.equals(stdoutBytes),
              `${stdoutBytes.length} bytes came back of ${bytes.length}, or others`,
            )
          },
          // A protocol that acknowledges each kilobyte takes its time on a busy machine.
          { timeoutInMs: 180_000 },
        ),
        promise('input may be a stream, a text, or none', async (scene) => {
          const run = await sleeper(scene)
          const stream = Readable.from([Buffer.from('of '), Buffer.from('a stream')])
          assert.equal((await run.exec(['cat'], { stdin: stream })).stdout, 'of a stream')
          assert.equal((await run.exec(['cat'], { stdin: 'tëxt' })).stdout, 'tëxt')
          assert.equal((await run.exec(['cat'])).stdout, '', 'without input a command sees its end at once')
        }),
        promise(
          'end() of the input half-closes: what the command says after it still comes',
          async (scene) => {
            const run = await sleeper(scene)
            await using session = await run.openExec([
              'sh',
              '-c',
              'read line; echo "got $line"; cat >/dev/null; echo after the end',
            ])
            session.stderr.resume()
            session.stdin.write('first\n')
            const [chunk] = (await once(session.stdout, 'data')) as [Buffer]
            assert.equal(chunk.toString(), 'got first\n', 'the answer comes while the input is open')
            session.stdin.end('rest\n')
            assert.equal(await text(session.stdout), 'after the end\n')
            assert.equal((await session.exited).exitCode, code)
          },
        ),
        promise('a command that ends without reading its input is no error', async (scene) => {
          const run = await sleeper(scene)
          const { stdout, exitCode } = await run.exec(['echo', 'not reading'], {
            stdin: randomBytes(MEGABYTE),
          })
          assert.equal(stdout, 'not reading\n')
          assert.equal(exitCode, code)
        }),
      ),
      ...where(
        grade?.tty,
        promise('tty: the command has a terminal, and its output is one stream', async (scene) => {
          const run = await sleeper(scene)
          const result = await run.exec(
            ['sh', '-c', 'test -t 0 && test -t 1 && test -t 2 && echo terminal; echo to stderr >&2'],
            { tty: true },
          )
          assert.match(result.stdout, /terminal\r?\nto stderr/)
          assert.equal(result.stderr, '')
        }),
        promise('resize() sets the terminal’s size', async (scene) => {
          const run = await sleeper(scene)
          await using session = await run.openExec(['sh', '-c', 'while :; do stty size; sleep 0.1; done'], {
            tty: true,
          })
          session.exited.catch(() => {})
          let seen = ''
          session.stdout.on('data', (chunk: Buffer) => {
            seen += chunk.toString()
          })
          await session.resize({ columns: 91, rows: 33 })
          await eventually(() => assert.match(seen, /33 91/))
        }),
      ),
      ...where(
        grade && !grade.tty,
        promise('without a terminal test -t says so', async (scene) => {
          const run = await sleeper(scene)
          assert.equal((await run.exec(['sh', '-c', 'test -t 1 || echo none'])).stdout, 'none\n')
        }),
      ),
      ...where(
        capabilities.attach,
        promise('attach: joins the main process’ output, and leaving it ends nothing', async (scene) => {
          const run = await scene.run(
            scene.workloads.shell(
              "trap 'exit 0' TERM; n=0; while :; do n=$((n+1)); echo tick $n; sleep 0.1; done",
            ),
          )
          await run.ready()
          const session = await run.attach()
          session.exited.catch(() => {})
          session.stderr.resume()
          const [chunk] = (await once(session.stdout, 'data')) as [Buffer]
          assert.match(chunk.toString(), /tick \d+/)
          await session.close()
          await run.refresh()
          assert.equal(run.containers.main?.state, 'running')
        }),
        promise('attach: exited resolves when the process has ended', async (scene) => {
          const run = await scene.run(
            scene.workloads.shell("trap 'echo bye; exit 3' TERM; while :; do echo up; sleep 0.1; done"),
          )
          await run.ready()
          await using session = await run.attach()
          session.stderr.resume()
          let output = ''
          session.stdout.on('data', (chunk: Buffer) => {
            output += chunk
          })
          const ended = once(session.stdout, 'end')
          // Once it prints, its trap stands.
          await once(session.stdout, 'data')
          await run.stop()
          await session.exited
          await ended
          assert.match(output, /bye\n$/)
        }),
      ),
      ...where(
        capabilities.attach?.stdin,
        promise('attach: the process reads what is written', async (scene) => {
          const run = await scene.run(
            scene.workloads.shell('while read line; do echo "got $line"; done; echo end'),
          )
          await run.ready()
          await using session = await run.attach()
          session.exited.catch(() => {})
          session.stderr.resume()
          session.stdin.write('hello\n')
          let seen = ''
          session.stdout.on('data', (chunk: Buffer) => {
            seen += chunk.toString()
          })
          await eventually(() => assert.match(seen, /got hello\n/))
        }),
      ),
    ],
  }
}
