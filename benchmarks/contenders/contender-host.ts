import type { Asked, Said } from '../harness/contender-messages.ts'
import { nowInMicros } from '../harness/monotonic-clock.ts'
import type { StartRequest } from './contender.ts'
import { type ContenderName, openContender } from './open-contender.ts'

// The process in which one contender runs, alone: its event loop and its processor time are its own. What it is asked
// for and what it measured travel over the IPC channel before and after the measured time, never within it.

const contender = await openContender(process.argv[2] as ContenderName)
let work: Promise<void> = Promise.resolve()

process.on('SIGINT', () => {}) // the parent ends everything in order
process.on('disconnect', () => process.exit()) // the parent is gone
process.on('message', (asked: Asked) => {
  if ('close' in asked) void close()
  else work = answer(asked)
})
say({ opened: true })

function say(said: Said): void {
  if (process.connected) process.send?.(said)
}

async function answer(asked: Asked): Promise<void> {
  try {
    if ('start' in asked) say({ started: await contender.start(asked.start) })
    if ('burst' in asked) say({ burst: await startMany(asked.burst, asked.count) })
    if ('remove' in asked) {
      await Promise.all(asked.remove.map((id) => contender.remove(id)))
      say({ removed: true })
    }
  } catch (error) {
    say({ failure: error instanceof Error ? error.message : String(error) })
  }
}

/** An interruption may come amid a start: what it makes must be there before somebody looks for what is left. */
async function close(): Promise<void> {
  await work
  await contender.close()
  process.disconnect()
}

async function startMany(request: StartRequest, count: number) {
  const cpuBefore = process.cpuUsage()
  const beganAt = nowInMicros()
  const starts = await Promise.allSettled(Array.from({ length: count }, () => contender.start(request)))
  const wallInMicros = nowInMicros() - beganAt
  const cpu = process.cpuUsage(cpuBefore)
  return {
    wallInMicros,
    cpuInMicros: cpu.user + cpu.system,
    started: starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : [])),
    failures: starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : [])),
  }
}
