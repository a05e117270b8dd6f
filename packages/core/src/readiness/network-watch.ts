import type { Address } from '../contract/address.ts'
import type { Instant } from '../contract/evidence.ts'
import type { HttpProbe, TcpProbe } from '../contract/probe.ts'
import type { AttemptEnd, SendAttempt } from './attempt.ts'
import { AttemptRecord } from './attempt-record.ts'
import { AttemptWindow, type InFlight } from './attempt-window.ts'
import { checkSteadiness } from './check-steadiness.ts'
import { authority } from './http-request.ts'
import { endedBeforeReady } from './probe-errors.ts'
import { processGovernor } from './probe-governor.ts'
import { patienceInMs, probeIntervalInMs, SHORTEST_INTERVAL_IN_MS } from './probe-interval.ts'
import { hasEnded, type ReadinessTarget } from './readiness-target.ts'
import type { AttemptCounts, Watch, WatchListener } from './watch.ts'

/** Silence that is worth a word in an error. */
const TELLING_SILENCE_IN_MS = 1_000

/**
 * Asks one endpoint again and again: after an answer by `probeIntervalInMs`, and where none comes in the time that answers take, so that
 * one that hangs costs little. See `AttemptWindow` for how many overlap.
 */
export class NetworkWatch implements Watch {
  readonly #probe: HttpProbe | TcpProbe
  readonly #send: SendAttempt
  readonly #target: ReadinessTarget
  readonly #listener: WatchListener
  readonly #governor = processGovernor
  readonly #window = new AttemptWindow()
  #record = new AttemptRecord()
  #address: Address | undefined
  #lastWords: string | undefined
  #beatAt: Instant = Number.NEGATIVE_INFINITY
  #interval = SHORTEST_INTERVAL_IN_MS
  #changedAt: Instant | undefined
  #timer: NodeJS.Timeout | undefined
  #unsubscribe: (() => void) | undefined
  #endConfirmation: (() => void) | undefined

  constructor(
    probe: HttpProbe | TcpProbe,
    send: SendAttempt,
    target: ReadinessTarget,
    listener: WatchListener,
  ) {
    this.#probe = probe
    this.#send = send
    this.#target = target
    this.#listener = listener
  }

  start(): void {
    this.#unsubscribe = this.#target.onChange(() => this.#attend())
    this.#attend()
  }

  stop(): void {
    this.#rest()
    this.#endConfirmation?.()
  }

  confirm(onSteadiness: (steady: boolean) => void): void {
    if (this.#address === undefined) return
    // Flapping takes back the bound that rests on a failure. Without one there is nothing to take back, and a question costs a connection.
    // Neither is there on this very machine, with no balancer between, where nobody listened: that cannot have been another's answer.
    if (this.#record.notYet === undefined || (this.#isNearby && !this.#record.wasDenied)) {
      onSteadiness(true)
      return
    }
    this.#endConfirmation = checkSteadiness(
      this.#send,
      this.#address,
      this.#record.roundTripInMs,
      onSteadiness,
    )
  }

  outcome(): string {
    if (this.#lastWords !== undefined) return this.#lastWords + this.#unanswered()
    const port = this.#port()
    if (port === undefined) return 'the main container declares no tcp port to probe'
    if (this.#address === undefined) return `no address yet for port ${port}`
    if (this.#target.startedAt === undefined) return 'the start has not been acknowledged yet'
    return `${authority(this.#address)} has not answered yet${this.#unanswered()}`
  }

  notYet(): Instant | undefined {
    return this.#record.notYet
  }

  counts(): AttemptCounts {
    return this.#record.counts
  }

  /** Looks at what has changed: another endpoint, the end of the run, or a reason to ask more often again. */
  #attend(): void {
    if (hasEnded(this.#target)) {
      const error = endedBeforeReady(this.#target, this.outcome())
      this.#rest()
      this.#listener.failed(error)
      return
    }
    const { changedAt, startedAt } = this.#target
    const address = this.#findAddress()
    if (!isSameEndpoint(address, this.#address)) this.#turnTo(address)
    if (address === undefined || changedAt === this.#changedAt) return
    // An attempt that comes before the container's network can hang in a proxy. A cloud's own address is asked at once: its word on the
    // start comes seconds later.
    if (startedAt === undefined && address.proxied === true) return
    this.#changedAt = changedAt
    // One that is under way will tell as well as another would.
    const now = performance.now()
    const { size } = this.#window
    const pause = size > 0 ? this.#answerTimeInMs(size - 1, now) : SHORTEST_INTERVAL_IN_MS
    this.#schedule(this.#beatAt + pause, now)
  }

  #findAddress(): Address | undefined {
    const port = this.#port()
    const candidates = this.#target.addresses.filter(
      ({ containerPort, protocol }) => containerPort === port && protocol === 'tcp',
    )
    // A proxy takes every connection. Where the container can be asked past it, its own word proves more.
    const direct = this.#probe.kind === 'tcp' ? candidates.find(({ proxied }) => proxied !== true) : undefined
    return direct ?? candidates[0]
  }

  #port(): number | undefined {
    return this.#probe.port ?? this.#target.defaultPort
  }

  #unanswered(): string {
    const [oldest] = this.#window.outstanding()
    const silentInMs = oldest === undefined ? 0 : performance.now() - oldest
    if (silentInMs < TELLING_SILENCE_IN_MS) return ''
    return `; ${this.#window.size} attempts wait for an answer, the oldest for ${(silentInMs / 1_000).toFixed(1)} s`
  }

  /** What another endpoint answered says nothing about this one. */
  #turnTo(address: Address | undefined): void {
    clearTimeout(this.#timer)
    this.#governor.leave(this)
    this.#window.abortAll()
    this.#record = new AttemptRecord()
    this.#lastWords = undefined
    this.#changedAt = undefined
    this.#address = address
  }

  #schedule(dueAt: Instant, now: Instant): void {
    clearTimeout(this.#timer)
    const delayInMs = dueAt - now
    if (delayInMs <= 0) {
      this.#beat(now)
      return
    }
    this.#timer = setTimeout(() => {
      const firedAt = performance.now()
      this.#governor.noteLateness(firedAt - dueAt)
      this.#beat(firedAt)
    }, Math.round(delayInMs))
  }

  #beat(now: Instant): void {
    this.#beatAt = now
    const isRunning = this.#target.containers.main?.state === 'running'
    const interval = probeIntervalInMs(now - this.#target.changedAt, isRunning)
    this.#interval = this.#governor.pace(this, interval, this.#isNearby ? now : undefined)
    this.#schedule(now + Math.max(this.#interval, this.#answerTimeInMs(this.#window.size, now)), now)
    const patience = patienceInMs(this.#record.roundTripInMs)
    const hasRoom = this.#window.makeRoom(this.#governor.window(), patience, now, ({ sentAt }) =>
      this.#record.ended(sentAt, { at: now, outcome: 'silent', refused: false, spoke: false }),
    )
    if (hasRoom && this.#address) this.#attempt(this.#address, now)
  }

  #answerTimeInMs(awaited: number, now: Instant): number {
    return this.#governor.answerTimeInMs(awaited, this.#isNearby ? now : undefined)
  }

  #attempt(address: Address, sentAt: Instant): void {
    const record = this.#record
    record.sent()
    const attempt = this.#send(address, {
      connected: () => {
        if (address.proxied !== true) record.took(performance.now(), this.#source)
      },
      ended: (end) => this.#ended(inFlight, end),
    })
    const inFlight: InFlight = { sentAt, abort: attempt.abort }
    this.#window.add(inFlight)
  }

  #ended(attempt: InFlight, end: AttemptEnd): void {
    this.#window.delete(attempt)
    this.#record.ended(attempt.sentAt, end)
    this.#lastWords = end.words
    if (end.outcome !== 'silent' && this.#isNearby) this.#governor.noteAnswer(end.at, end.at - attempt.sentAt)
    if (end.outcome !== 'success') {
      const isLast = attempt.sentAt >= this.#beatAt
      if (isLast) this.#schedule(this.#beatAt + this.#interval, end.at)
      return
    }
    const bounds = this.#record.bounds(this.#window.outstanding())
    this.#rest()
    this.#listener.succeeded({
      bounds: bounds ?? { upper: end.at, unsteady: false },
      source: this.#source,
      connects: true,
      description: end.words,
      connected: this.#record.connected,
    })
  }

  /** Whether what makes its answers late is this very machine. */
  get #isNearby(): boolean {
    return this.#address?.exposure === 'local'
  }

  get #source(): string {
    return `${this.#probe.kind} probe`
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#unsubscribe?.()
    this.#window.abortAll()
    this.#governor.leave(this)
  }
}

function isSameEndpoint(one: Address | undefined, other: Address | undefined): boolean {
  return one?.host === other?.host && one?.port === other?.port && one?.proxied === other?.proxied
}
