/** What a declaring function of a test runner is told. vitest reads `concurrent`, node:test `concurrency`; both read `timeout`. */
export interface DeclarationOptions {
  /** In milliseconds. */
  readonly timeout?: number
  readonly concurrent?: boolean
  readonly concurrency?: number
}

/** `describe` of vitest and node:test. */
export type DeclareSuite = (name: string, options: DeclarationOptions, body: () => void) => unknown
/** `it` and `test` of vitest and node:test. */
export type DeclareTest = (name: string, options: DeclarationOptions, body: () => Promise<void>) => unknown

/** The functions of vitest that the suite uses: `import { afterAll, beforeAll, describe, it } from 'vitest'`. */
export interface VitestLike {
  readonly describe: DeclareSuite
  readonly it: DeclareTest
  beforeAll(body: () => Promise<void>, timeoutInMs: number): unknown
  afterAll(body: () => Promise<void>, timeoutInMs: number): unknown
}

/** The functions of node:test that the suite uses: `import { after, before, describe, it } from 'node:test'`. */
export interface NodeTestLike {
  readonly describe: DeclareSuite
  readonly it: DeclareTest
  before(body: () => Promise<void>, options: { readonly timeout: number }): unknown
  after(body: () => Promise<void>, options: { readonly timeout: number }): unknown
}

/** Whatever declares and runs tests: vitest, node:test, or `collectingRunner()`. `test` may stand for `it`. */
export type TestRunner =
  | VitestLike
  | NodeTestLike
  | (Omit<VitestLike, 'it'> & { readonly test: DeclareTest })
  | (Omit<NodeTestLike, 'it'> & { readonly test: DeclareTest })

/** A test runner in the one form that the suite speaks. */
export interface UniformRunner {
  suite(name: string, concurrent: boolean, body: () => void): void
  test(name: string, concurrent: boolean, timeoutInMs: number, body: () => Promise<void>): void
  before(timeoutInMs: number, body: () => Promise<void>): void
  after(timeoutInMs: number, body: () => Promise<void>): void
}

/** How many tests of a chapter node:test runs at once; vitest has a limit of its own (`maxConcurrency`). */
const CONCURRENCY = 5

/** Levels the differences between the runners. */
export function uniformRunner(runner: TestRunner): UniformRunner {
  const declare = 'it' in runner ? runner.it : runner.test
  return {
    suite: (name, concurrent, body) => {
      runner.describe(name, concurrent ? { concurrency: CONCURRENCY } : {}, body)
    },
    test: (name, concurrent, timeoutInMs, body) => {
      // vitest would take `false` for `sequential`, node:test knows no such word: only say what is asked for.
      declare(name, concurrent ? { timeout: timeoutInMs, concurrent } : { timeout: timeoutInMs }, body)
    },
    before: (timeoutInMs, body) => {
      if ('beforeAll' in runner) runner.beforeAll(body, timeoutInMs)
      else runner.before(body, { timeout: timeoutInMs })
    },
    after: (timeoutInMs, body) => {
      if ('afterAll' in runner) runner.afterAll(body, timeoutInMs)
      else runner.after(body, { timeout: timeoutInMs })
    },
  }
}
