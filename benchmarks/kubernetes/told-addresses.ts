import { spawn } from 'node:child_process'
import { nowInMicros } from '../harness/monotonic-clock.ts'

/** When the cluster told the address of each Pod, as kubectl's own watch has it. */
export interface ToldAddresses {
  /** In microseconds; undefined while it has not been told. */
  at(pod: string): number | undefined
  close(): void
}

/** Watches as kubectl does, in a process of its own. */
export function toldAddresses(): ToldAddresses {
  const columns = 'custom-columns=N:.metadata.name,IP:.status.podIP'
  const watch = spawn('kubectl', ['get', 'pods', '--watch', '--no-headers', '-o', columns], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const told = new Map<string, number>()
  let rest = ''
  watch.stdout.on('data', (chunk: Buffer) => {
    const now = nowInMicros()
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [name, address] = line.trim().split(/\s+/)
      if (name && address && address !== '<none>' && !told.has(name)) told.set(name, now)
    }
  })
  return { at: (pod) => told.get(pod), close: () => void watch.kill() }
}
