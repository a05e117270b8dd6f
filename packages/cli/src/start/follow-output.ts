import { type AnyCapabilities, BerthError, type ContainerRun, type LogLine, type LogQuery } from '@berth/core'
import type { Output } from '../output/output.ts'

export interface FollowOptions extends LogQuery {
  readonly signal: AbortSignal
  /** Puts each line's time before it. Default false. */
  readonly timestamps?: boolean | undefined
}

/** Passes a run's log on: each line to the stream it came from, or as JSON lines. A cloud without logs has nothing to pass on. */
export async function followOutput(
  run: ContainerRun<AnyCapabilities>,
  output: Output,
  { timestamps = false, ...query }: FollowOptions,
): Promise<void> {
  if (!run.supports('logs')) {
    if (query.follow) return
    throw new BerthError({ code: 'unsupported', message: `${run.provider} keeps no logs of its runs` })
  }
  for await (const line of run.logs(query)) {
    if (output.json) output.document(logJson(line))
    else output.passOn(line.stream, `${prefix(line, query.container === '*', timestamps)}${line.text}`)
  }
}

function logJson({ container, stream, time, text }: LogLine) {
  return { type: 'log', container, stream, time: time?.toISOString() ?? null, text }
}

function prefix({ container, time }: LogLine, named: boolean, timestamps: boolean): string {
  return `${timestamps ? `${time?.toISOString() ?? '-'} ` : ''}${named ? `${container} | ` : ''}`
}
