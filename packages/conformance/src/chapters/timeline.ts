import assert from 'node:assert/strict'
import { MARKS, type Timeline } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'

const STARTS = 10

/** Where the time of a start went. All figures are microseconds. */
export const timeline: WriteChapter = ({ world }) => ({
  title: 'the timeline of a start',
  concurrent: true,
  tests: [
    promise('its phases are adjacent and sum to the total exactly', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080, bootDelayInMs: 200 }))
      await run.ready()
      assertWhole(run.timeline)
    }),
    promise('before it is ready it has no total, and what is known is in order', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080, bootDelayInMs: 1_000 }))
      assert.equal(run.timeline.total, undefined)
      assert.equal(run.timeline.mark('ready'), undefined)
      assertOrdered(run.timeline)
      await run.ready()
      assert.ok((run.timeline.total ?? 0) >= 1_000_000, 'the total holds the boot of a second')
    }),
    promise('counts from the call of run(), by this machine’s clock', async (scene) => {
      const before = Date.now()
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      const { requestedAt, total = 0 } = run.timeline
      assert.ok(requestedAt.getTime() >= before - 50 && requestedAt.getTime() <= Date.now())
      assert.ok(requestedAt.getTime() + total / 1_000 <= Date.now() + 50, 'ready is not in the future')
      const requested = run.timeline.mark('requested')
      assert.deepEqual([requested?.at, requested?.earliest, requested?.latest], [0, 0, 0])
    }),
    promise('tells the end too, without another total', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      const { total } = run.timeline
      await run.stop()
      await run.remove()
      assert.equal(run.timeline.total, total)
      const removed = run.timeline.mark('removed')
      assert.ok(removed !== undefined && removed.latest >= (total ?? 0))
      assertWhole(run.timeline)
    }),
    promise('of a start that failed is there all the same, without a total', async (scene) => {
      const run = await scene.run(scene.workloads.shell('exit 1'), { ports: [8080] })
      await scene.errorOf(run.ready({ timeout: '50s' }), 'ready() of a container that exits', 'exited')
      assert.equal(run.timeline.total, undefined)
      assertOrdered(run.timeline)
      JSON.stringify(run.timeline)
    }),
    promise('is the same as JSON', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080 }))
      await run.ready()
      const { marks, phases, minima, spans, total, requestedAt } = run.timeline
      const written = JSON.parse(JSON.stringify(run.timeline)) as Record<string, unknown>
      assert.equal(written.unit, 'us')
      assert.equal(written.total, total)
      assert.equal(written.requestedAt, requestedAt.toISOString())
      assert.deepEqual(
        { marks: written.marks, phases: written.phases },
        JSON.parse(JSON.stringify({ marks, phases })),
      )
      assert.deepEqual(
        { minima: written.minima, spans: written.spans },
        JSON.parse(JSON.stringify({ minima, spans })),
      )
    }),
    promise('does not change after the first success, however often ready() is asked', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080 }))
      await run.ready()
      const { total } = run.timeline
      await run.ready()
      assert.equal(run.timeline.total, total)
    }),
    ...where(
      world.truth,
      promise(
        `its interval of ready holds the instant at which the container accepted its first request, in ${STARTS} starts of ${STARTS}`,
        async (scene) => {
          let narrower = 0
          for (let start = 0; start < STARTS; start += 1) {
            // The last one boots so long that even a cloud that tells addresses by the second leaves a probe to fail before.
            const bootDelayInMs = start < STARTS - 1 ? 100 + 37 * start : 2_500
            const run = await scene.run(scene.workloads.httpServer({ port: 8080, bootDelayInMs }), {
              ready: { kind: 'http', path: '/' },
            })
            await run.ready()
            const truth = ((await world.truth?.(run)) ?? 0) - run.timeline.requestedAt.getTime() * 1_000
            const ready = run.timeline.mark('ready')
            assert.ok(ready !== undefined)
            const slack = slackInMicros()
            assert.ok(
              ready.earliest - slack <= truth && truth <= ready.latest + slack,
              `start ${start}: accepted at ${truth} µs, but ready lies in [${ready.earliest}, ${ready.latest}]`,
            )
            if (ready.latest - ready.earliest < bootDelayInMs * 1_000) narrower += 1
            await run.remove()
          }
          assert.ok(
            narrower > 0,
            'an interval as long as the boot itself tells nothing: not one of all was narrower',
          )
        },
        { timeoutInMs: 120_000 },
      ),
    ),
  ],
})

/** `requestedAt` is cut to milliseconds, and the wall clock may have been slewed since this process began. */
function slackInMicros(): number {
  const drift = Math.abs(Date.now() - (performance.timeOrigin + performance.now()))
  return 1_000 * (1 + drift)
}

function assertWhole(timeline: Timeline): void {
  const { phases, total, minima } = timeline
  assert.ok(total !== undefined && Number.isInteger(total) && total > 0, `the total is ${total}`)
  assert.ok(phases.length > 0)
  assert.equal(phases[0]?.start, 0)
  assert.equal(phases[0]?.from, 'requested')
  assert.equal(phases.at(-1)?.end, total)
  assert.equal(
    phases.reduce((sum, { duration }) => sum + duration, 0),
    total,
    'the phases sum to the total',
  )
  for (const [index, phase] of phases.entries()) {
    assert.ok(Number.isInteger(phase.start) && Number.isInteger(phase.end))
    assert.equal(phase.duration, phase.end - phase.start)
    assert.ok(phase.duration >= 0)
    assert.ok(
      phase.atLeast <= phase.duration && phase.duration <= phase.atMost,
      `${phase.name} lies within its bounds`,
    )
    if (index > 0) assert.equal(phase.start, phases[index - 1]?.end, 'no gap and no overlap')
  }
  for (const { atLeast, name } of minima) {
    assert.ok(atLeast > 0 && atLeast <= total, `the minimum of ${name} is ${atLeast} of ${total}`)
  }
  assertOrdered(timeline)
}

function assertOrdered({ marks, spans }: Timeline): void {
  for (const [index, mark] of marks.entries()) {
    assert.ok(MARKS.includes(mark.name))
    assert.ok(
      mark.earliest <= mark.at && mark.at <= mark.latest,
      `${mark.name}: ${mark.earliest} <= ${mark.at} <= ${mark.latest}`,
    )
    assert.ok(index === 0 || (marks[index - 1]?.at ?? 0) <= mark.at, 'marks stand in order')
    assert.ok(mark.name === 'requested' || mark.sources.length > 0, `${mark.name} names its sources`)
  }
  for (const { start, end } of spans) assert.ok(start <= end)
}
