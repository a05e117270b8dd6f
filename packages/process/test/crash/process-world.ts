import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What there is of a state directory, seen without any of the code under test: its groups, what is half made or half deleted, its processes. */
export function processWorld(directory: string): string[] {
  const entries = ['groups', 'staging', 'trash'].flatMap((place) =>
    list(join(directory, place)).map((name) => `${place}/${name}`),
  )
  return [...entries, ...processesOf(directory)].sort()
}

/** Processes whose command line or environment names the directory, or that carry the mark of a group of it. */
function processesOf(directory: string): string[] {
  return list('/proc').flatMap((pid) => {
    if (!/^[0-9]+$/.test(pid) || Number(pid) === process.pid) return []
    const environment = readOf(pid, 'environ')
    if (!environment.includes('BERTH_PROCESS=') && !readOf(pid, 'cmdline').includes('supervisor')) return []
    return `${environment}${readOf(pid, 'cmdline')}`.includes(`${directory}/`) ? [`process ${pid}`] : []
  })
}

function readOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return ''
  }
}

function list(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : []
}
