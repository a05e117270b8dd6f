import {
  BerthError,
  type CallContext,
  delay,
  type LogLine,
  type LogQuery,
  mergeAsTheyCome,
  mergeByTime,
} from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { getGroup } from './aci-calls.ts'
import { fileCopierOf, MAIN } from './aci-names.ts'
import { followLog } from './follow-log.ts'
import { isJustOrdered } from './group-view.ts'
import { isWanted } from './log-snapshot.ts'
import { readLog } from './read-log.ts'

/** How soon a group that its service does not show yet is asked for again. */
const VISIBLE_AGAIN_IN_MS = 500

/** The log of one container of a run, or of all: by time what there is, as they come what follows. */
export async function* streamAciLogs(
  account: AciAccount,
  ref: string,
  query: LogQuery,
  context: CallContext,
): AsyncGenerator<LogLine> {
  if (query.previous) {
    throw new BerthError({
      code: 'unsupported',
      message:
        'aci keeps no log of the instance before the last restart; read it without previous, or send it to a workspace: options.aci.logAnalytics',
    })
  }
  const { container = MAIN, follow, since, tail } = query
  if (container !== '*') {
    yield* follow
      ? followLog(account, ref, container, query, context)
      : kept(await readLog(account, ref, container, tail, context), since)
    return
  }
  const names = await containersOf(account, ref, context)
  if (follow) {
    yield* mergeAsTheyCome(context.signal, (signal) =>
      names.map((name) => followLog(account, ref, name, query, { ...context, signal })),
    )
    return
  }
  const logs = await Promise.all(names.map((name) => readLog(account, ref, name, tail, context)))
  const merged = await Array.fromAsync(
    mergeByTime(logs.map(({ lines }) => each(lines.map(({ line }) => line)))),
  )
  const wanted = merged.filter((line) => isWanted(line, since))
  yield* tail === undefined ? wanted : tail === 0 ? [] : wanted.slice(-tail)
}

async function* kept(
  { lines }: Awaited<ReturnType<typeof readLog>>,
  since: Date | undefined,
): AsyncGenerator<LogLine> {
  for (const { line } of lines) if (isWanted(line, since)) yield line
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

async function containersOf(
  account: AciAccount,
  ref: string,
  context: CallContext,
): Promise<readonly string[]> {
  let found = await getGroup(account, ref, context)
  while (found === null && isJustOrdered(account.views.get(ref))) {
    await delay(VISIBLE_AGAIN_IN_MS, context.signal)
    found = await getGroup(account, ref, context)
  }
  if (found === null)
    throw new BerthError({ code: 'not-found', message: `${ref} is not there, and no log of it` })
  const { containers, initContainers = [] } = found.group.properties
  // What puts files in place speaks only when it fails, and then tells why.
  return [...initContainers, ...containers].map(({ name }) => name).filter(isSpeaking(found.group.properties))
}

function isSpeaking({
  initContainers = [],
}: {
  readonly initContainers?: readonly {
    readonly name: string
    readonly properties: {
      readonly instanceView?: { readonly currentState?: { readonly exitCode?: number } }
    }
  }[]
}) {
  return (name: string) => {
    if (fileCopierOf(name) === undefined) return true
    const copier = initContainers.find((container) => container.name === name)
    return (copier?.properties.instanceView?.currentState?.exitCode ?? 0) !== 0
  }
}
