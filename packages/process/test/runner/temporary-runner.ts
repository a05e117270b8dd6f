import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type GroupSnapshot,
  type GroupSpec,
  type LogRecord,
  type ProcessRunner,
  processRunner,
} from '../../src/runner/index.ts'

/** A runner on a directory of its own, which is gone with all that it runs when the test leaves its scope. */
export interface TemporaryRunner extends ProcessRunner, AsyncDisposable {
  /** A group of one container named `main` that the machine's shell runs. */
  shell(script: string, spec?: Partial<GroupSpec>): Promise<GroupSnapshot>
}

export async function temporaryRunner(): Promise<TemporaryRunner> {
  const runner = processRunner({ directory: await mkdtemp(join(tmpdir(), 'berth-test-')) })
  return {
    ...runner,
    shell: (script, spec) =>
      runner.create({
        name: 'group',
        containers: [{ name: 'main', image: 'berth/shell', command: ['sh', '-c', script] }],
        ...spec,
      }),
    async [Symbol.asyncDispose]() {
      for (const group of await runner.list()) await runner.remove(group.name)
      await rm(runner.directory, { recursive: true, force: true })
    },
  }
}

/** Waits, without a deadline but the test's own, until something holds, and returns it. */
export async function until<T>(
  attempt: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  for (;;) {
    const result = await attempt()
    if (result) return result
    await delay(5)
  }
}

/** Waits until a group has ended. */
export function ended(runner: ProcessRunner, name = 'group'): Promise<GroupSnapshot> {
  return until(async () => {
    const group = await runner.get(name)
    return group?.phase === 'ended' && group
  })
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of source) all.push(item)
  return all
}

/** The bytes of log records, or of chunks of a stream, as text. */
export function textOf(parts: readonly (LogRecord | Uint8Array)[]): string {
  return Buffer.concat(parts.map((part) => ('bytes' in part ? part.bytes : part))).toString()
}

/** Whether a process runs; one that has ended and that nobody has asked about yet (a zombie) does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
