import type { Asked, Said } from '../harness/contender-messages.ts'
import { nowInMicros } from '../harness/monotonic-clock.ts'
import type { Contender, StartRequest } from './contender.ts'
import { type ContenderName, openContender } from './open-contender.ts'

// The process in which one contender runs, alone: its event loop and its processor time are its own. What it is asked
// for and what it measured travel over the IPC channel before and after the measured time, never within it.

const contender = await openContender(process.argv[2] as ContenderName)
const say = (said: Said) => process.send?.(said)
process.on('SIGINT', () => {}) // the parent ends everything in order
process.on('message', (asked: Asked) => {
  answer(asked, contender).catch((error: unknown) =>
    say({ failure: error instanceof Error ? error.message : String(error) }),
  )
})
say({ opened: true })

async function answer(asked: Asked, contender: Contender): Promise<void> {
  if ('start' in asked) say({ started: await contender.start(asked.start) })
  if ('burst' in asked) say({ burst: await startMany(contender, asked.burst, asked.count) })
  if ('remove' in asked) {
    await Promise.all(asked.remove.map((id) => contender.remove(id)))
    say({ removed: true })
  }
  if ('close' in asked) {
    await contender.close()
    process.disconnect()
  }
}

async function startMany(contender: Contender, request: StartRequest, count: number) {
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
