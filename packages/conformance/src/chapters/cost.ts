import assert from 'node:assert/strict'
import { promise, type WriteChapter } from '../scene/chapter.ts'

/** What a run costs. */
export const cost: WriteChapter = () => ({
  title: 'cost',
  concurrent: true,
  tests: [
    promise('is a figure with its source and date, from the first moment on', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      const first = run.cost()
      assert.ok(first.amount >= 0)
      assert.equal(first.currency, 'USD')
      assert.ok(first.rates.source.length > 0)
      assert.match(first.rates.date, /^\d{4}-\d{2}-\d{2}$/)
      await run.ready()
      const { amount, atLeast, atMost, perHour, billedSeconds, running, rates } = run.cost()
      assert.ok(atLeast <= amount && amount <= atMost, `${atLeast} <= ${amount} <= ${atMost}`)
      assert.equal(running, true)
      assert.ok(billedSeconds >= 0)
      const summed = rates.items.reduce((sum, item) => sum + item.quantity * item.pricePerHour, 0)
      assert.ok(Math.abs(summed - perHour) < 1e-9)
      for (const item of rates.items)
        assert.ok(item.quantity >= 0 && item.pricePerHour >= 0 && item.unit.length > 0)
      JSON.parse(JSON.stringify(run.cost()))
    }),
    promise('rises while the run is billed and no more after its removal', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      const before = run.cost().billedSeconds
      await run.stop()
      await run.remove()
      const end = run.cost()
      // Where a cloud stamps by the second, what is learned of the end may place the whole a second closer together.
      assert.ok(end.billedSeconds >= before - 1)
      assert.equal(end.running, false)
      assert.deepEqual(run.cost(), end)
    }),
    promise('of a found run is there too', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      const found = await scene.find(run.id)
      assert.ok(Math.abs(found.cost().perHour - run.cost().perHour) < 1e-9, 'by the same rates')
    }),
  ],
})
