import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Adapter, defineProvider } from '@berth/core'
import { embedded, type ProcessCapabilities, processCapabilities } from '@berth/process'
import { afterAll, describe, it } from 'vitest'
// The adapter itself is no part of the package's public face: only here is it taken apart.
import { connectProcess } from '../../process/src/process-adapter.ts'
import { type ChapterName, collectingRunner, runConformance, type TestResult } from '../src/index.ts'
import { sabotages } from './broken/sabotages.ts'
import { processWorld } from './process/process-world.ts'

const waitingPage = createServer((_request, response) => response.end('please wait'))
waitingPage.listen(0, '127.0.0.1')
await once(waitingPage, 'listening')
const list = sabotages((waitingPage.address() as AddressInfo).port)

describe('the suite catches an adapter that', () => {
  afterAll(() => void waitingPage.close())

  for (const sabotage of list) {
    it(sabotage.what, { timeout: 300_000 }, async () => {
      const results = await judge(sabotage.chapter, sabotage.caughtBy, sabotage.sabotage)
      const caught = sabotage.caughtBy.map((name) => ({ name, failed: hasFailed(results, name) }))
      assert.ok(
        sabotage.oneIsEnough ? caught.some(({ failed }) => failed) : caught.every(({ failed }) => failed),
        `the suite must catch it, but: ${JSON.stringify(caught)}`,
      )
    })
  }
})

describe('the same promises hold for the adapter as it is', () => {
  for (const chapter of new Set(list.map((sabotage) => sabotage.chapter))) {
    // Whether they hold every time is asked by the adapter's own suite; here, that they can.
    it(`in the chapter ${chapter}`, { timeout: 300_000 }, async () => {
      const blamed = list
        .filter((sabotage) => sabotage.chapter === chapter)
        .flatMap(({ caughtBy }) => caughtBy)
      const results = await judge(chapter, blamed, (adapter) => adapter)
      assert.ok(results.length > 0)
      assert.equal(describeFailures(results), '')
    })
  }
})

/** Runs some tests of a chapter on an adapter in a world of its own, and removes whatever it left there. */
async function judge(
  chapter: ChapterName,
  names: readonly string[],
  change: (adapter: Adapter) => Adapter,
): Promise<readonly TestResult[]> {
  const { directory, world, dispose } = await processWorld()
  const broken = defineProvider<ProcessCapabilities>({
    capabilities: processCapabilities,
    connect: () => change(connectProcess({ directory })),
  })
  const runner = collectingRunner({ only: (name) => names.some((start) => name.startsWith(start)) })
  runConformance(runner, (overrides) => broken(overrides), world, { chapters: [chapter] })
  try {
    return await runner.run()
  } finally {
    await using provider = embedded({ directory })
    for await (const run of provider.list()) await run.remove()
    await dispose()
  }
}

function hasFailed(results: readonly TestResult[], name: string): boolean {
  const meant = results.filter((result) => result.name.startsWith(name))
  assert.ok(meant.length > 0, `there is no test whose name begins with '${name}'`)
  return meant.some(({ status }) => status === 'failed')
}

function describeFailures(results: readonly TestResult[]): string {
  return results
    .filter(({ status }) => status === 'failed')
    .map(({ name, error }) => `${name}: ${error instanceof Error ? error.message : String(error)}`)
    .join('\n')
}
