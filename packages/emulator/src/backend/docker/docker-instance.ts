import { type EngineClient, EngineError } from '@berth/docker/engine'
import type { Ended, Started } from '../backend.ts'
import { exitCodeOf } from '../exit-code.ts'
import { joinLines } from '../join-lines.ts'
import type { Instance } from '../sandbox.ts'
import { attachToContainer, executeInContainer } from './docker-execution.ts'
import { parseEngineTime } from './engine-time.ts'
import { readOutput } from './read-output.ts'

/** A container that was started and that the engine keeps until the instance is removed. */
export function dockerInstance(
  engine: EngineClient,
  { id, tty, started }: { readonly id: string; readonly tty: boolean; readonly started: Started },
): Instance {
  const sent = new Set<string>()
  let over = false
  const ended = awaitEnd(engine, id, sent).finally(() => {
    over = true
  })
  ended.catch(() => {}) // told to whoever waits for it
  return {
    started,
    ended,
    async stop(graceInMs) {
      sent.add('SIGTERM').add('SIGKILL')
      // The engine counts whole seconds.
      await engine.containers.stop(id, { timeout: Math.ceil(graceInMs / 1000) })
    },
    async kill(signal) {
      sent.add(signal)
      await unlessOver(engine.containers.kill(id, signal))
    },
    logs: ({ follow = false, signal }) =>
      joinLines(readOutput(engine, id, { tty, follow, signal }), () => follow || over),
    exec: (command, options) => executeInContainer(engine, id, command, options),
    attach: ({ stdin }) => attachToContainer(engine, id, { tty, stdin }, ended),
    async usage() {
      const { cpu_stats, memory_stats } = await engine.containers.stats(id)
      const { inactive_file, total_inactive_file } = memory_stats.stats ?? {}
      const cache = inactive_file ?? total_inactive_file ?? 0
      return {
        cpuInNanoseconds: cpu_stats.cpu_usage.total_usage,
        memoryInBytes: Math.max(0, (memory_stats.usage ?? 0) - cache),
      }
    },
    async remove() {
      sent.add('SIGKILL')
      await engine.containers.remove(id, { force: true, volumes: true })
    },
  }
}

/** Waits for the end, and reads how it was, save where the container is removed at once. */
async function awaitEnd(engine: EngineClient, id: string, sent: ReadonlySet<string>): Promise<Ended> {
  const { exitCode } = await engine.containers.wait(id)
  const state = (await engine.containers.inspect(id))?.State
  const outOfMemory = state?.OOMKilled ?? false
  // An engine tells no signal, only the code that stands for one, which a program may also give by itself.
  const signal = [...sent, ...(outOfMemory ? ['SIGKILL'] : [])].find((name) => exitCodeOf(name) === exitCode)
  return { exitCode, signal, outOfMemory, at: parseEngineTime(state?.FinishedAt) ?? Date.now() }
}

async function unlessOver(call: Promise<void>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(EngineError.isInstance(error) && (error.status === 409 || error.status === 404))) throw error
  }
}
