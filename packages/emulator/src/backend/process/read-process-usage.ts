import { readdir, readFile } from 'node:fs/promises'
import type { Usage } from '../backend.ts'

const nanosecondsPerTick = 10_000_000
const bytesPerPage = 4096

/** What a container's process and all in its session use by /proc; nothing where there is none. What has ended counts where its parent has waited for it. */
export async function readProcessUsage(session: number | null): Promise<Usage> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(pids.map(readStat))
  let cpuInNanoseconds = 0
  let memoryInBytes = 0
  for (const stat of stats) {
    if (stat === null || stat.session !== session) continue
    cpuInNanoseconds += stat.ticks * nanosecondsPerTick
    memoryInBytes += stat.pages * bytesPerPage
  }
  return { cpuInNanoseconds, memoryInBytes }
}

async function readStat(pid: string): Promise<{ session: number; ticks: number; pages: number } | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'latin1')
    // The program's name stands in parentheses and may hold anything, parentheses too.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [session = 0] = fields.slice(3)
    // user, system, and both of children that were waited for
    const ticks = fields.slice(11, 15).reduce((sum, part) => sum + part, 0)
    return { session, ticks, pages: fields[21] ?? 0 }
  } catch {
    return null
  }
}
