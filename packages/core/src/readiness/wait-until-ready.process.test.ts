import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogLine } from '../contract/log.ts'
import { BerthError } from '../errors/berth-error.ts'
import { exec, log } from './probes.ts'
import type { ReadinessTarget } from './readiness-target.ts'
import { leftovers } from './testing/active-handles.ts'
import { ObservedRun } from './testing/observed-run.ts'
import { waitUntilReady } from './wait-until-ready.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'berth-readiness-'))
})
afterEach(() => rm(directory, { recursive: true }))

/** The output of a real process as a container's log; it ends with the process. */
function logOf(script: string, onEnd?: () => void): NonNullable<ReadinessTarget['logs']> {
  return async function* ({ container = 'main', signal }): AsyncGenerator<LogLine> {
    const child = spawn('sh', ['-c', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
      signal,
      killSignal: 'SIGKILL',
    })
    child.on('error', () => {})
    for await (const text of createInterface({ input: child.stdout })) {
      yield { container, stream: 'stdout', text, bytes: Buffer.from(text) }
    }
    signal.throwIfAborted()
    onEnd?.()
  }
}

const execHere: NonNullable<ReadinessTarget['exec']> = ([file = '', ...args], { signal }) =>
  new Promise((resolve, reject) => {
    execFile(file, args, { signal }, (error, stdout, stderr) => {
      if (signal.aborted) return reject(signal.reason)
      const code = error?.code
      if (typeof code === 'string') {
        reject(new BerthError({ code: 'not-found', message: `${file} is not there` }))
        return
      }
      resolve({ exitCode: code ?? (error ? 137 : 0), stdout, stderr })
    })
  })

describe('waitUntilReady with log()', () => {
  it('succeeds with the line, while the log goes on', async () => {
    const run = new ObservedRun()
    run.logs = logOf('echo one; sleep 0.05; echo "listening on 80"; sleep 30')
    const rest = await leftovers(async () => {
      const { description, source } = await waitUntilReady(log('listening'), run)
      expect(description).toBe("the log shows 'listening' 1 of 1 times")
      expect(source).toBe('log probe')
    })
    expect(rest).toEqual([])
  })

  it('counts lines, whatever flags the expression has', async () => {
    const run = new ObservedRun()
    run.logs = logOf('echo ready; echo nothing; echo ready to accept; sleep 30')
    await waitUntilReady(log(/ready/gy, { times: 2 }), run)
  })

  it('tells how far it came', async () => {
    const run = new ObservedRun()
    run.logs = logOf('echo ready; sleep 30')
    await expect(waitUntilReady(log(/ready/, { times: 2 }), run, { timeoutInMs: 200 })).rejects.toMatchObject(
      {
        code: 'timeout',
        evidence: { probe: 'the log shows /ready/ 1 of 2 times' },
      },
    )
  })

  it('opens a log again that broke off, and counts anew', async () => {
    const run = new ObservedRun()
    let opened = 0
    run.logs = (options) => {
      opened++
      if (opened === 1) throw new BerthError({ code: 'unavailable', message: 'not yet' })
      return logOf(opened === 2 ? 'echo ready' : 'echo ready; echo more; echo ready; sleep 30')(options)
    }
    await waitUntilReady(log('ready', { times: 2 }), run)
    expect(opened).toBe(3)
  })

  it('still reads a log whose run has ended, and only then gives up', async () => {
    const run = new ObservedRun()
    run.logs = logOf('echo done')
    run.change({ phase: 'stopped' })
    await waitUntilReady(log('done'), run)
    await expect(waitUntilReady(log('never'), run)).rejects.toMatchObject({ code: 'exited' })
  })

  it('opens no log before the start was acknowledged', async () => {
    const run = new ObservedRun()
    run.startedAt = undefined
    run.logs = logOf('echo ready; sleep 30')
    const waiting = waitUntilReady(log('ready'), run, { timeoutInMs: 100 })
    await expect(waiting).rejects.toMatchObject({ evidence: { probe: "the log shows 'ready' 0 of 1 times" } })
    expect(run.listeners.size).toBe(0)
  })

  it('is unsupported where there are no logs, and throws what no waiting mends', async () => {
    const run = new ObservedRun()
    await expect(waitUntilReady(log('ready'), run)).rejects.toMatchObject({ code: 'unsupported' })
    run.logs = () => {
      throw new BerthError({ code: 'permission', message: 'no' })
    }
    await expect(waitUntilReady(log('ready'), run)).rejects.toMatchObject({ code: 'permission' })
  })
})

describe('waitUntilReady with exec()', () => {
  it('runs the command until it exits with 0, one at a time', async () => {
    const run = new ObservedRun()
    let atWork = 0
    let most = 0
    run.exec = async (command, options) => {
      most = Math.max(most, ++atWork)
      try {
        return await execHere(command, options)
      } finally {
        atWork--
      }
    }
    const file = join(directory, 'ready')
    const waiting = waitUntilReady(exec(['test', '-e', file]), run)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const readyFrom = performance.now()
    await writeFile(file, '')
    const { bounds, attempts, description } = await waiting
    expect(description).toBe(`exec test -e ${file} exited with 0`)
    expect(most).toBe(1)
    expect(attempts.failed).toBeGreaterThan(0)
    expect(bounds.lower).toBeLessThan(bounds.upper)
    expect(bounds.upper).toBeGreaterThan(readyFrom)
  })

  it('says what the command said', async () => {
    const run = new ObservedRun()
    run.exec = execHere
    const waiting = waitUntilReady(exec(['sh', '-c', 'echo no response >&2; exit 2']), run, {
      timeoutInMs: 150,
    })
    await expect(waiting).rejects.toMatchObject({
      code: 'timeout',
      evidence: { probe: expect.stringMatching(/exited with 2: no response$/) },
    })
  })

  it('ends a running command with the wait', async () => {
    const run = new ObservedRun()
    const ended = Promise.withResolvers<void>()
    run.exec = (command, options) => {
      const result = execHere(command, options)
      result.catch(() => ended.resolve())
      return result
    }
    const rest = await leftovers(async () => {
      const waiting = waitUntilReady(exec(['sleep', '30']), run, { timeoutInMs: 50 })
      await expect(waiting).rejects.toMatchObject({ evidence: { probe: 'exec sleep 30 has not ended yet' } })
      await ended.promise
    })
    expect(rest).toEqual([])
  })

  it('tries again what could not be run, and says so', async () => {
    const run = new ObservedRun()
    run.exec = execHere
    const waiting = waitUntilReady(exec(['/no/such/command']), run, { timeoutInMs: 150 })
    await expect(waiting).rejects.toMatchObject({
      code: 'timeout',
      evidence: { probe: 'exec /no/such/command could not be run: /no/such/command is not there' },
    })
  })

  it('is unsupported without exec and without an exit code', async () => {
    const run = new ObservedRun()
    await expect(waitUntilReady(exec(['true']), run)).rejects.toMatchObject({ code: 'unsupported' })
    run.exec = async () => ({ exitCode: undefined, stdout: '', stderr: '' })
    await expect(waitUntilReady(exec(['true']), run)).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('ends with the run', async () => {
    const run = new ObservedRun()
    run.exec = execHere
    const waiting = waitUntilReady(exec(['false']), run)
    setTimeout(() => run.change({ phase: 'stopped' }), 20)
    await expect(waiting).rejects.toMatchObject({ code: 'exited' })
  })
})
