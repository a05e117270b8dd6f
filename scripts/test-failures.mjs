import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { root } from './run-step.mjs'

/**
 * What failed in a run of vitest, by the file its json reporter wrote: a line each, with the test, its file and the first line of what was
 * said. A run that died before it could write has one line that says so.
 */
export async function testFailures(reportFile) {
  let report
  try {
    report = JSON.parse(await readFile(reportFile, 'utf8'))
  } catch (error) {
    return [`no report of the tests: ${error.message}`]
  }
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : []
    return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages.join('\n'))}`)
  })
}

function firstLine(text = '') {
  return text.trim().split('\n', 1)[0].slice(0, 300)
}
