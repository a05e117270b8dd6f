import type { Pod } from '../backend/backend.ts'
import type { AciLimits } from './aci-limits.ts'

export interface LogRequest {
  readonly limits: AciLimits
  /** More is shown of a container that runs. */
  readonly isRunning: boolean
  /** Only the last so many lines. */
  readonly tail?: number | undefined
  /** Puts each line's time before it. */
  readonly timestamps?: boolean | undefined
}

/** Both streams of a container in the order in which they were written, cut from the front to what ACI keeps. */
export async function readLog(pod: Pod, container: string, request: LogRequest): Promise<string> {
  const lines: string[] = []
  for await (const { at, line, ended } of pod.logs(container, {})) {
    const stamp = request.timestamps ? `${new Date(at).toISOString()} ` : ''
    lines.push(`${stamp}${line.toString()}${ended ? '\n' : ''}`)
  }
  return cutLog(lines, request)
}

export function cutLog(lines: readonly string[], { limits, isRunning, tail }: LogRequest): string {
  const mostLines = Math.min(
    tail ?? Number.POSITIVE_INFINITY,
    isRunning ? Number.POSITIVE_INFINITY : limits.logLinesStopped,
  )
  const mostBytes = isRunning ? limits.logBytesRunning : limits.logBytesStopped
  const text = Buffer.from(lines.slice(Math.max(0, lines.length - mostLines)).join(''))
  return text.subarray(Math.max(0, text.length - mostBytes)).toString()
}
