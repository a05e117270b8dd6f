import assert from 'node:assert/strict'
import type { LogLine } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import type { FullRun } from '../scene/full-capabilities.ts'
import { hexOf, logLines, logTexts } from '../scene/read-output.ts'
import { STAY } from '../scene/stay.ts'

const LINES = 2_000
const LONG = 100_000

/** The output of a container, as lines. */
export const logs: WriteChapter = ({ capabilities }) => ({
  title: 'logs',
  concurrent: true,
  tests: where(
    capabilities.logs,
    promise('have every line once and in order, however much there is', async (scene) => {
      const run = await scene.run(
        scene.workloads.shell(`n=0; while [ $n -lt ${LINES} ]; do echo "line $n"; n=$((n+1)); done`),
      )
      await run.exited()
      assertTail(await logTexts(run), counted(LINES), capabilities.logs?.follow)
    }),
    promise('are complete once the container has ended, its very last line included', async (scene) => {
      const run = await scene.run(scene.workloads.shell('echo first; sleep 0.1; echo last'))
      await run.exited()
      assert.deepEqual(await logTexts(run), ['first', 'last'])
      assert.deepEqual(await logTexts(run), ['first', 'last'], 'and can be read again')
    }),
    promise('hold a last line that has no line end', async (scene) => {
      const run = await scene.run(scene.workloads.shell("printf 'whole\\nhalf'"))
      await run.exited()
      assert.deepEqual(await logTexts(run), ['whole', 'half'])
    }),
    promise('are empty for a container that printed nothing', async (scene) => {
      const run = await scene.run(scene.workloads.shell(':'))
      await run.exited()
      assert.deepEqual(await logLines(run), [])
    }),
    promise(
      'have the exact bytes: empty lines, spaces, carriage returns, zero bytes, escapes',
      async (scene) => {
        const script = String.raw`printf '\n  spaced \n\303\244\342\202\254\360\237\232\242\ncr\r\nnul\000x\n\033[31mred\033[0m\n'`
        const run = await scene.run(scene.workloads.shell(script))
        await run.exited()
        const lines = await logLines(run)
        const written = ['', '  spaced ', 'ä€🚢', 'cr\r', 'nul\0x', '\u001b[31mred\u001b[0m']
        const kept = capabilities.logs?.emptyLines === 'dropped' ? written.slice(1) : written
        assert.deepEqual(
          lines.map(({ bytes }) => hexOf(bytes)),
          kept.map(hexOf),
        )
        assert.ok(lines.some(({ text }) => text === 'ä€🚢'))
      },
    ),
    promise(
      'show invalid UTF-8 as U+FFFD in their text, and hold its bytes where they are graded exact',
      async (scene) => {
        const run = await scene.run(scene.workloads.shell(String.raw`printf 'a\377b\n'`))
        await run.exited()
        const [line] = await logLines(run)
        assert.equal(line?.text, 'a\ufffdb')
        // Where that is not promised some nodes of a cloud may keep them all the same.
        const allowed = ['61ff62', ...(capabilities.logs?.bytes === 'exact' ? [] : [hexOf('a\ufffdb')])]
        assert.ok(allowed.includes(hexOf(line?.bytes ?? [])), hexOf(line?.bytes ?? []))
      },
    ),
    promise(`have a line of ${LONG / 1_000} KB as one line`, async (scene) => {
      const run = await scene.run(
        scene.workloads.shell(`echo before; head -c ${LONG} /dev/zero | tr '\\0' x; echo; echo after`),
      )
      await run.exited()
      assertTail(
        (await logTexts(run)).map((text) => (text.length > 100 ? `${text.length} × ${text[0]}` : text)),
        ['before', `${LONG} × x`, 'after'],
        capabilities.logs?.follow,
      )
    }),
    promise('name the container and the stream of each line', async (scene) => {
      const run = await scene.run(scene.workloads.shell('echo to stdout; sleep 0.1; echo to stderr >&2'))
      await run.exited()
      const streams = (await logLines(run)).map(
        ({ container, stream, text }) => `${container} ${stream} ${text}`,
      )
      const apart = capabilities.logs?.streams === 'separate'
      assert.deepEqual(streams, ['main stdout to stdout', `main ${apart ? 'stderr' : 'stdout'} to stderr`])
    }),
    promise(
      `${capabilities.logs?.times ? 'tell' : 'do not pretend to know'} when the cloud took a line`,
      async (scene) => {
        const run = await scene.run(scene.workloads.shell('for n in 1 2 3; do echo $n; sleep 0.1; done'))
        await run.exited()
        const times = (await logLines(run)).map(({ time }) => time?.getTime())
        assert.equal(times.length, 3)
        if (!capabilities.logs?.times) assert.deepEqual(times, [undefined, undefined, undefined])
        else assert.deepEqual(times, times.toSorted(), 'times rise')
      },
    ),
    promise('follow: every line as it comes, until the container has ended', async (scene) => {
      const run = await scene.run(
        scene.workloads.shell('n=0; while [ $n -lt 20 ]; do echo "line $n"; n=$((n+1)); sleep 0.05; done'),
      )
      const texts: string[] = []
      let firstWhile: string | undefined
      for await (const { text } of run.logs({ follow: true })) {
        firstWhile ??= run.containers.main?.state === 'terminated' ? 'it had ended' : 'it ran'
        texts.push(text)
      }
      // Following on its own does not observe the run: ask, the loop's end promises what the answer is.
      await run.refresh()
      assert.equal(run.containers.main?.state, 'terminated', 'a follow ends when the container has ended')
      assertLines(texts, counted(20), capabilities.logs?.follow)
      assert.equal(firstWhile, 'it ran', 'lines come while the container runs')
    }),
    promise('follow: begun after the end it gives all and ends', async (scene) => {
      const run = await scene.run(scene.workloads.shell('echo one; echo two'))
      await run.exited()
      assert.deepEqual(await logTexts(run, { follow: true }), ['one', 'two'])
    }),
    promise('follow: two readers get the same', async (scene) => {
      const run = await scene.run(
        scene.workloads.shell('for n in 0 1 2 3 4; do echo "line $n"; sleep 0.1; done'),
      )
      const both = await Promise.all([logTexts(run, { follow: true }), logTexts(run, { follow: true })])
      for (const texts of both) assertLines(texts, counted(5), capabilities.logs?.follow)
    }),
    promise('follow: leaving the loop ends it, and the container runs on', async (scene) => {
      const run = await scene.run(scene.workloads.shell(`echo up; ${STAY}`))
      for await (const line of run.logs({ follow: true })) {
        assert.equal(line.text, 'up')
        break
      }
      // Its first line may be there before its cloud has said that it runs.
      await eventually(async () => {
        await run.refresh()
        assert.equal(run.containers.main?.state, 'running')
      })
    }),
    promise('can be read while the container runs, and end with what there is', async (scene) => {
      const run = await scene.run(scene.workloads.shell(`echo up; ${STAY}`))
      await firstLine(run)
      assert.deepEqual(await logTexts(run), ['up'])
    }),
    promise('of a stopped run can still be read', async (scene) => {
      const run = await scene.run(scene.workloads.shell(`echo up; ${STAY}`))
      await firstLine(run)
      await run.stop()
      assert.deepEqual(await logTexts(run), ['up'])
    }),
    promise('of a removed run are not found', async (scene) => {
      const run = await scene.run(scene.workloads.shell('echo up'))
      await run.remove()
      await scene.errorOf(logLines(run), 'logs() of a removed run', 'not-found')
    }),
  ),
})

async function firstLine(run: FullRun): Promise<LogLine | undefined> {
  for await (const line of run.logs({ follow: true })) return line
  return undefined
}

function counted(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `line ${index}`)
}

/** Of a lossy log only the end may be left, in whole lines. */
function assertTail(
  texts: readonly string[],
  expected: readonly string[],
  grade: 'native' | 'polled' | 'lossy' | undefined,
): void {
  assert.deepEqual(texts, grade === 'lossy' ? expected.slice(-Math.max(1, texts.length)) : expected)
}

/** A lossy follow may miss lines, but gives none twice and none out of order. */
function assertLines(
  texts: readonly string[],
  expected: readonly string[],
  grade: 'native' | 'polled' | 'lossy' | undefined,
): void {
  const reachable = grade === 'lossy' ? expected.filter((text) => texts.includes(text)) : expected
  assert.deepEqual(texts, reachable)
}
