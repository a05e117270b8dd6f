import type { LogRecord, Pod as Sandbox } from '../../backend/backend.ts'
import type { MachineClock } from '../../clock/machine-clock.ts'
import type { WireResponse } from '../../server/wire-message.ts'
import { toNanosecond } from '../cluster-time.ts'
import type { KubernetesParts } from '../kubernetes-parts.ts'
import type { Pod } from '../objects/pod.ts'
import { resourceType } from '../resource-types.ts'
import type { ApiRequest } from '../rest/api-request.ts'
import { isTrue } from '../rest/read-target.ts'
import { badRequest, notFound } from '../status-error.ts'
import { chooseContainer } from './choose-container.ts'
import type { ContainerLife } from './container-life.ts'
import type { PodController } from './pod-controller.ts'

interface LogQuery {
  readonly follow: boolean
  readonly previous: boolean
  readonly timestamps: boolean
  /** Milliseconds since the epoch, by the node's clock. */
  readonly since: number
  readonly tail: number
  readonly limit: number
  readonly bytes: 'exact' | 'text'
}

/** GET …/pods/NAME/log */
export class PodLogs {
  readonly #parts: KubernetesParts
  readonly #pods: PodController

  constructor(parts: KubernetesParts, pods: PodController) {
    this.#parts = parts
    this.#pods = pods
  }

  /** @throws StatusError */
  read({ wire, target }: ApiRequest): WireResponse {
    const { store, nodes, dialect } = this.#parts
    const { namespace, name = '' } = target
    const pod = store.get('pods', namespace, name)
    if (!pod) throw notFound(resourceType('pods'), name)
    const container = chooseContainer(pod, wire.url.searchParams.get('container'))
    const life = this.#pods.find(pod)
    const node = nodes.find((one) => one.name === pod.spec.nodeName)
    const sandbox = life?.sandbox
    const of = life?.container(container)
    if (!node || !sandbox || !of) throw waits(pod, container, 'ContainerCreating')
    const query = { ...readQuery(wire.url, node.clock), bytes: dialect.logBytes }
    requireLog(pod, of, query)
    return {
      status: 200,
      headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'no-cache, private' },
      stream: readLines(sandbox, container, query, node.clock, wire.signal),
    }
  }
}

function requireLog(pod: Pod, { name, state, lastState }: ContainerLife, { previous }: LogQuery): void {
  if (previous && !lastState.terminated)
    throw badRequest(`previous terminated container "${name}" in pod "${pod.metadata.name}" not found`)
  if (state.waiting && !lastState.terminated) throw waits(pod, name, state.waiting.reason ?? '')
}

function waits({ metadata }: Pod, container: string, reason: string) {
  const why = reason === '' || reason === 'ContainerCreating' || reason === 'PodInitializing'
  const told =
    reason === 'ContainerCreating' || !why ? startingWords(reason) : `is waiting to start: ${reason}`
  return badRequest(`container "${container}" in pod "${metadata.name}" ${told}`)
}

/** A node says of an image that cannot be had that it was tried. */
function startingWords(reason: string): string {
  if (reason === 'ErrImagePull' || reason === 'ImagePullBackOff')
    return `is waiting to start: ${reason === 'ErrImagePull' ? "image can't be pulled" : 'trying and failing to pull image'}`
  return `is waiting to start: ${reason}`
}

function readQuery({ searchParams }: URL, clock: MachineClock): Omit<LogQuery, 'bytes'> {
  const number = (name: string, otherwise: number) => {
    const text = searchParams.get(name)
    const value = text === null ? otherwise : Number(text)
    if (text !== null && !(Number.isInteger(value) && value >= 0))
      throw badRequest(
        `PodLogOptions "" is invalid: ${name}: Invalid value: ${text}: must be greater than or equal to 0`,
      )
    return value
  }
  const sinceTime = searchParams.get('sinceTime')
  const sinceSeconds = searchParams.get('sinceSeconds')
  if (sinceTime !== null && Number.isNaN(Date.parse(sinceTime)))
    throw badRequest(`parsing time ${JSON.stringify(sinceTime)} as RFC3339`)
  const since =
    sinceTime !== null
      ? readInstant(sinceTime)
      : sinceSeconds !== null
        ? clock.read() - number('sinceSeconds', 0) * 1_000
        : Number.NEGATIVE_INFINITY
  return {
    follow: isTrue(searchParams.get('follow')),
    previous: isTrue(searchParams.get('previous')),
    timestamps: isTrue(searchParams.get('timestamps')),
    since,
    tail: number('tailLines', Number.POSITIVE_INFINITY),
    limit: number('limitBytes', Number.POSITIVE_INFINITY),
  }
}

/** With the fraction of a millisecond, which Date.parse drops. */
function readInstant(text: string): number {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '0'
  const whole = Date.parse(text.replace(/\.\d+/, ''))
  return whole + Number(`0.${fraction}`) * 1_000
}

async function* readLines(
  sandbox: Sandbox,
  container: string,
  query: LogQuery,
  clock: MachineClock,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const { previous, follow, tail } = query
  let left = query.limit
  const written = (record: LogRecord): Buffer => {
    const stamp = query.timestamps ? `${toNanosecond(clock.read(record.at))} ` : ''
    const line = query.bytes === 'exact' ? record.line : Buffer.from(record.line.toString('utf8'))
    const bytes = Buffer.concat([Buffer.from(stamp), line, Buffer.from(record.ended ? '\n' : '')])
    const taken = bytes.subarray(0, left)
    left -= taken.length
    return taken
  }
  const isWanted = ({ at }: LogRecord) => clock.read(at) >= query.since
  // What there is by now is counted back from its end; what is followed begins after it.
  const there: LogRecord[] = []
  if (Number.isFinite(tail)) {
    for await (const record of sandbox.logs(container, { previous, signal }))
      if (isWanted(record)) there.push(record)
  }
  const skipped = Number.isFinite(tail) ? Math.max(0, there.length - tail) : 0
  if (Number.isFinite(tail) && (!follow || previous)) {
    for (const record of there.slice(skipped)) if (left > 0) yield written(record)
    return
  }
  let count = 0
  for await (const record of sandbox.logs(container, { previous, follow: follow && !previous, signal })) {
    if (!isWanted(record)) continue
    count += 1
    if (count <= skipped) continue
    yield written(record)
    if (left <= 0) return
  }
}
