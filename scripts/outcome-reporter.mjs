import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** Where the lines go: a JSON array of texts. */
const FILE = process.env.BERTH_TEST_OUTCOMES

/**
 * A vitest reporter that keeps what is to be read at the very end of a check, for a check prints thousands of lines: each test that failed,
 * with the first line of what was said, and each that passed only at a later try.
 */
export default class OutcomeReporter {
  onTestRunEnd(modules, unhandledErrors) {
    if (FILE === undefined) return
    const lines = modules.flatMap((module) => {
      const file = relative(process.cwd(), module.moduleId)
      const ofFile = [...module.children.allSuites(), module].flatMap((part) =>
        part.errors().map((error) => `failed: ${file}: ${gist(error)}`),
      )
      const ofTests = [...module.children.allTests()].flatMap((test) => {
        const { state, errors = [] } = test.result()
        const name = `${file} > ${test.fullName}`
        if (state === 'failed') return [`failed: ${name}: ${gist(errors[0])}`]
        return test.diagnostic()?.flaky ? [`passed at a later try: ${name}: ${gist(errors[0])}`] : []
      })
      return [...ofFile, ...ofTests]
    })
    const others = unhandledErrors.map((error) => `failed, outside of any test: ${gist(error)}`)
    writeFileSync(FILE, JSON.stringify([...lines, ...others]))
  }
}

/** The line that says what is wrong. A property's seed and counterexample stand in the two after it, and are lost with them. */
function gist(error) {
  const lines = String(error?.message ?? '')
    .trim()
    .split('\n')
  const [first = ''] = lines
  if (!first.startsWith('Property failed')) return first.slice(0, 300)
  return lines.slice(0, 3).join(' ').slice(0, 1_000)
}
