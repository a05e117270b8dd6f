import { Readable, Writable } from 'node:stream'
import { type Ended, type Execution, StartError } from '../backend.ts'
import { exitCodeOf } from '../exit-code.ts'
import type { Instance } from '../sandbox.ts'
import type { Script } from './read-script.ts'

/** A container that is nothing but the memory of its having been started. */
export function noneInstance({ end }: Script): Instance {
  const startedAt = Date.now()
  const { promise: ended, resolve } = Promise.withResolvers<Ended>()
  const finish = (exitCode: number, signal?: string, outOfMemory = false) => {
    clearTimeout(timer)
    resolve({ exitCode, signal, outOfMemory, at: Date.now() })
  }
  const die = async (signal: string) => finish(exitCodeOf(signal), signal)
  const timer = end && setTimeout(finish, end.afterInMs, end.exitCode, end.signal, end.outOfMemory)
  return {
    started: { after: startedAt, before: startedAt },
    ended,
    stop: () => die('SIGTERM'),
    kill: die,
    async *logs({ follow, signal }) {
      signal?.throwIfAborted()
      if (follow) await endedOrAborted(ended, signal)
      yield* [] // it writes nothing
    },
    async exec() {
      throw new StartError(
        'refused',
        'a container of backend none has no process to run anything beside; choose backend docker or process',
      )
    },
    attach: async () => silentExecution(ended),
    usage: async () => ({ cpuInNanoseconds: 0, memoryInBytes: 0 }),
    remove: () => die('SIGKILL'),
  }
}

function endedOrAborted(ended: Promise<Ended>, signal: AbortSignal | undefined): Promise<unknown> {
  if (signal === undefined) return ended
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([ended, aborted]).finally(() => signal.removeEventListener('abort', abort))
}

function silentExecution(ended: Promise<Ended>): Execution {
  const output = () => new Readable({ read() {} })
  const [stdout, stderr] = [output(), output()]
  const close = async () => {
    stdout.push(null)
    stderr.push(null)
  }
  void ended.then(close)
  return {
    stdin: new Writable({ write: (_chunk, _encoding, done) => done() }),
    stdout,
    stderr,
    exited: ended,
    async resize() {},
    close,
  }
}
