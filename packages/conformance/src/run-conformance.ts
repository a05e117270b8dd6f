import assert from 'node:assert/strict'
import { CHAPTERS, type ChapterName } from './chapters/index.ts'
import { type TestRunner, uniformRunner } from './runner/test-runner.ts'
import { asFull } from './scene/full-capabilities.ts'
import { Scene } from './scene/scene.ts'
import { withinTime } from './scene/within-time.ts'
import { Witness } from './scene/witness.ts'
import type { ConformanceWorld, CreateProvider } from './world.ts'

export interface ConformanceOptions {
  /** Only these chapters. Default: all. */
  readonly chapters?: readonly ChapterName[] | undefined
}

/** Ending a scene may wait on a cloud that is slow to remove. */
const END_LIMIT_IN_MS = 120_000

/**
 * Declares the whole contract of an adapter as tests of the given runner. What a provider's capabilities do not promise is held to
 * its refusal instead; nothing else is skipped.
 *
 * @param runner `{ describe, it, beforeAll, afterAll }` of vitest, `{ describe, it, before, after }` of node:test, or a `collectingRunner()`
 * @param createProvider makes a provider of the adapter under test; without I/O, for it is called while tests are declared
 * @param world the place in which it is tested
 */
export function runConformance(
  runner: TestRunner,
  createProvider: CreateProvider,
  world: ConformanceWorld,
  { chapters }: ConformanceOptions = {},
): void {
  const { suite, test, before, after } = uniformRunner(runner)
  const provider = asFull(createProvider())
  const witness = new Witness()
  const mark = `cf${Math.random().toString(36).slice(2, 7)}`
  const names = chapters ?? (Object.keys(CHAPTERS) as ChapterName[])
  let count = 0
  let inspectedBefore: ReadonlySet<string> = new Set()

  suite(`the contract, by ${provider.capabilities.name}`, false, () => {
    before(END_LIMIT_IN_MS, async () => {
      inspectedBefore = new Set(await world.inspect())
    })
    after(END_LIMIT_IN_MS, async () => {
      await provider.close()
    })
    for (const name of names) {
      const chapter = CHAPTERS[name]({ capabilities: provider.capabilities, world })
      // All of it rests on a capability that is not there: the chapter on refusals has it, and vitest fails an empty suite.
      if (chapter.tests.length === 0) continue
      suite(chapter.title, chapter.concurrent, () => {
        for (const { name: promised, timeoutInMs, body } of chapter.tests) {
          count += 1
          const slug = `${mark}t${count}`
          test(promised, chapter.concurrent, timeoutInMs + END_LIMIT_IN_MS, async () => {
            await play(new Scene({ slug, provider, createProvider, world, witness }), body, timeoutInMs)
          })
        }
      })
    }
    suite('in the end', false, () => {
      test('no secret was seen anywhere', false, END_LIMIT_IN_MS, async () => {
        assert.deepEqual(witness.sightings(), [])
      })
      test('nothing is left on the cloud', false, END_LIMIT_IN_MS, async () => {
        const left = (await world.inspect()).filter((entry) => !inspectedBefore.has(entry))
        assert.deepEqual(world.exclusive ? left : left.filter((entry) => entry.includes(mark)), [])
      })
    })
  })
}

/** Plays one test. Its scene is ended even where it failed or hung, and its own error comes before what that finds. */
async function play(scene: Scene, body: (scene: Scene) => Promise<void>, timeoutInMs: number): Promise<void> {
  const failures: unknown[] = []
  await withinTime(body(scene), timeoutInMs, `did not end within ${timeoutInMs} ms`).catch(
    (error: unknown) => {
      scene.witness.see(`${scene.slug}: the test's failure`, error)
      failures.push(error)
    },
  )
  await scene.end().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
