import assert from 'node:assert/strict'
import type { Capabilities, LogLine, LogQuery } from '@berth/core'
import type { FullRun, FullSpec } from './full-capabilities.ts'
import type { Scene } from './scene.ts'

/** Whether what a script prints can be read at all. */
export function hasOutput(capabilities: Capabilities): boolean {
  return capabilities.logs !== undefined || capabilities.exec !== undefined
}

/** Runs a script in a container of its own and gives what it printed, by the log or, on a cloud without logs, by exec. */
export async function scriptOutput(
  scene: Scene,
  script: string,
  more: Partial<FullSpec> = {},
): Promise<string> {
  if (scene.capabilities.logs === undefined) {
    const run = await scene.run(scene.workloads.sleep(), more)
    await run.ready({ probe: { kind: 'started' } })
    return (await run.exec(['sh', '-c', script])).stdout
  }
  const run = await scene.run(scene.workloads.shell(script), more)
  const { exitCode } = await run.exited({ timeout: '60s' })
  const lines = await logLines(run)
  if (scene.capabilities.exitCode === 'native') {
    assert.equal(
      exitCode,
      0,
      `the script must end well; its output: ${lines.map(({ text }) => text).join('\n')}`,
    )
  }
  return lines.map(({ text }) => `${text}\n`).join('')
}

/** Every line of a log. */
export async function logLines(run: FullRun, query: LogQuery = {}): Promise<LogLine[]> {
  return await Array.fromAsync(run.logs(query))
}

/** The text of every line of one stream. */
export async function logTexts(
  run: FullRun,
  query: LogQuery = {},
  stream?: LogLine['stream'],
): Promise<string[]> {
  const lines = await logLines(run, query)
  return lines.filter((line) => stream === undefined || line.stream === stream).map(({ text }) => text)
}

/** Shell words that print the bytes of their input as one line of hexadecimal digits. */
export const TO_HEX = "od -An -v -tx1 | tr -d ' \\n'; echo"

/** Bytes as `TO_HEX` prints them. */
export function hexOf(content: string | Uint8Array): string {
  return Buffer.from(content).toString('hex')
}
