import { setTimeout as wait } from 'node:timers/promises'
import type { Emulator } from '../../../src/index.ts'
import { azureToken } from '../../azure.ts'
import { whyOutOfScope } from './emulated-scope.ts'
import type { ImageSubstitution } from './image-substitution.ts'
import type { Answer, RecordedExchange, Recording } from './read-recording.ts'

/** One recorded exchange with what the emulator answered to the same request. */
export interface ReplayedExchange {
  readonly recorded: RecordedExchange
  readonly emulated: Answer
}

/** Asked again so often, in milliseconds, while the emulator is not as far as the recording was. */
const PACE_IN_MS = 20
/** A recording waited 32 s at most. What the emulator has not reached in this time, it does not reach. */
const PATIENCE_IN_MS = 40_000

/**
 * Asks the emulator whatever the recording asked, in order. The recording saw a start at the instants at which it happened to ask; the replay
 * asks until the start is at the same point, and takes the answer it is given there.
 */
export async function* replayRecording(
  { exchanges }: Recording,
  { emulator, images }: { readonly emulator: Emulator; readonly images: ImageSubstitution },
): AsyncGenerator<ReplayedExchange> {
  const token = await azureToken(emulator)
  const operations = new Map<string, string>()
  for (const recorded of exchanges) {
    const { pathname, search } = recorded.url
    const url = operations.get(pathname) ?? `${emulator.endpoints.arm}${pathname}${search}`
    const ask = () => send(url, recorded, { token, images })
    const emulated = await askUntilAsFar(ask, recorded)
    const [ours, theirs] = [emulated, recorded.answer].map(({ headers }) => headers['azure-asyncoperation'])
    if (ours && theirs) operations.set(new URL(theirs).pathname, ours)
    yield { recorded, emulated }
  }
}

async function askUntilAsFar(ask: () => Promise<Answer>, recorded: RecordedExchange): Promise<Answer> {
  const goal = progressOf(recorded.answer)
  // What changes something is asked once, and so is what is not emulated.
  const isAskedOnce = recorded.method !== 'GET' || whyOutOfScope(recorded) !== undefined
  const until = performance.now() + PATIENCE_IN_MS
  for (;;) {
    const emulated = await ask()
    if (isAskedOnce || progressOf(emulated) === goal || performance.now() > until) return emulated
    await wait(PACE_IN_MS)
  }
}

async function send(
  url: string,
  { method, body }: RecordedExchange,
  { token, images }: { readonly token: string; readonly images: ImageSubstitution },
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
    ...(body !== undefined && { body: JSON.stringify(images.request(body)) }),
  })
  const text = images.answer(await response.text())
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: text === '' ? undefined : JSON.parse(text),
  }
}

interface Progress {
  readonly status?: string
  readonly properties?: {
    readonly provisioningState?: string
    readonly instanceView?: { readonly state: string }
    readonly containers?: readonly {
      readonly properties: {
        readonly instanceView?: {
          readonly restartCount: number
          readonly currentState: { readonly state: string; readonly detailStatus: string }
          readonly previousState?: { readonly state: string }
        }
      }
    }[]
  }
}

/** How far a group or an operation is, so that it can be told whether another is as far. */
function progressOf({ status, body }: Answer): string {
  const { status: operation, properties } = (body ?? {}) as Progress
  const views = properties?.containers?.map(({ properties: { instanceView: view } }) => [
    view?.restartCount,
    view?.currentState.state,
    view?.currentState.detailStatus,
    view?.previousState?.state,
  ])
  return JSON.stringify([
    status,
    operation,
    properties?.provisioningState,
    properties?.instanceView?.state,
    views,
  ])
}
