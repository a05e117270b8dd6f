import { withinTime } from '../scene/within-time.ts'
import type { VitestLike } from './test-runner.ts'

/** What became of one test. */
export interface TestResult {
  /** The names of the suites around it, the outermost first. */
  readonly path: readonly string[]
  readonly name: string
  readonly status: 'passed' | 'failed'
  readonly error?: unknown
  readonly durationInMs: number
}

/** A test runner driven by a program: it collects what is declared, and runs it when told to. */
export interface CollectingRunner extends VitestLike {
  /** Runs all that was declared, in order, and tells how each test ended. A failed hook counts as a failed test named for it. */
  run(): Promise<readonly TestResult[]>
}

interface Declared {
  readonly path: readonly string[]
  readonly name: string
  readonly timeoutInMs: number
  readonly concurrent: boolean
  readonly body: () => Promise<void>
}

export interface CollectingRunnerOptions {
  /** How many concurrent tests run at once. Default 5. */
  readonly concurrency?: number
  /** Which tests are run, by their names. Default: all. */
  readonly only?: (name: string) => boolean
}

/**
 * A runner for an adapter's author who wants to run the suite from a program, and look at the outcome as data:
 * `runConformance(runner, createProvider, world); const results = await runner.run()`.
 */
export function collectingRunner({
  concurrency = 5,
  only = () => true,
}: CollectingRunnerOptions = {}): CollectingRunner {
  const before: Declared[] = []
  const tests: Declared[] = []
  const after: Declared[] = []
  let path: readonly string[] = []
  const hook = (list: Declared[], name: string, body: () => Promise<void>, timeoutInMs: number) => {
    list.push({ path, name, timeoutInMs, concurrent: false, body })
  }
  return {
    describe: (name, _options, body) => {
      const outer = path
      path = [...outer, name]
      body()
      path = outer
    },
    it: (name, { timeout = 60_000, concurrent = false }, body) => {
      if (only(name)) tests.push({ path, name, timeoutInMs: timeout, concurrent, body })
    },
    beforeAll: (body, timeoutInMs) => hook(before, 'before all', body, timeoutInMs),
    afterAll: (body, timeoutInMs) => hook(after, 'after all', body, timeoutInMs),
    run: async () => {
      const results: TestResult[] = []
      for (const each of before) results.push(...failed([await runOne(each)]))
      for (const group of adjacentGroups(tests, concurrency)) {
        results.push(...(await Promise.all(group.map(runOne))))
      }
      for (const each of after) results.push(...failed([await runOne(each)]))
      return results
    },
  }
}

function failed(results: readonly TestResult[]): TestResult[] {
  return results.filter(({ status }) => status === 'failed')
}

async function runOne({ path, name, timeoutInMs, body }: Declared): Promise<TestResult> {
  const startedAt = performance.now()
  const outcome = await withinTime(body(), timeoutInMs, `the test took longer than ${timeoutInMs} ms`).then(
    () => ({ status: 'passed' as const }),
    (error: unknown) => ({ status: 'failed' as const, error }),
  )
  return { path, name, ...outcome, durationInMs: performance.now() - startedAt }
}

/** Concurrent tests of the same suite that follow on each other, so many at a time; every other test alone. */
function adjacentGroups(tests: readonly Declared[], size: number): Declared[][] {
  const groups: Declared[][] = []
  for (const test of tests) {
    const last = groups.at(-1)
    const joins =
      last !== undefined &&
      last.length < size &&
      last.every(
        (other) => other.concurrent && test.concurrent && other.path.join('\0') === test.path.join('\0'),
      )
    if (joins) last.push(test)
    else groups.push([test])
  }
  return groups
}
