import type { ExitedProbe, HealthProbe, StartedProbe } from '../contract/probe.ts'
import { BerthError } from '../errors/berth-error.ts'
import { endedBeforeReady } from './probe-errors.ts'
import { hasEnded, type ReadinessTarget } from './readiness-target.ts'
import type { AttemptCounts, Watch, WatchListener } from './watch.ts'

type StateProbe = HealthProbe | StartedProbe | ExitedProbe

/** What the observed states say about a probe: whether they satisfy it, and in words how they stand. */
interface Verdict {
  readonly holds: boolean
  readonly words: string
}

/** Waits until the cloud's own word on the containers satisfies a probe. Asks nothing itself. */
export class StateWatch implements Watch {
  readonly #probe: StateProbe
  readonly #target: ReadinessTarget
  readonly #listener: WatchListener
  #unsubscribe: (() => void) | undefined

  constructor(probe: StateProbe, target: ReadinessTarget, listener: WatchListener) {
    this.#probe = probe
    this.#target = target
    this.#listener = listener
  }

  start(): void {
    this.#unsubscribe = this.#target.onChange(() => this.#attend())
    this.#attend()
  }

  stop(): void {
    this.#unsubscribe?.()
  }

  outcome(): string {
    return judge(this.#probe, this.#target).words
  }

  /** The sightings of the states themselves say more, and are evidence of their own. */
  notYet(): undefined {
    return undefined
  }

  counts(): AttemptCounts {
    return { sent: 0, failed: 0, silent: 0 }
  }

  /** The cloud's word is not asked for again: what it says later is another state. */
  confirm(onSteadiness: (steady: boolean) => void): void {
    onSteadiness(true)
  }

  #attend(): void {
    const { holds, words } = judge(this.#probe, this.#target)
    if (holds) {
      this.stop()
      this.#listener.succeeded({
        bounds: { upper: performance.now(), unsteady: false },
        source: `${this.#probe.kind} probe`,
        connects: false,
        description: words,
        connected: undefined,
      })
    } else if (hasEnded(this.#target)) {
      this.stop()
      this.#listener.failed(
        tellsNoExitCode(this.#probe, this.#target)
          ? new BerthError({
              code: 'unsupported',
              message:
                'exited() needs the exit code, and this cloud does not tell it; wait with run.exited() instead',
            })
          : endedBeforeReady(this.#target, words),
      )
    }
  }
}

function judge(probe: StateProbe, target: ReadinessTarget): Verdict {
  const name = probe.kind === 'health' ? (probe.container ?? 'main') : 'main'
  const container = target.containers[name]
  if (container === undefined) return { holds: false, words: `container ${name} has not been seen yet` }
  switch (probe.kind) {
    case 'health':
      return {
        holds: container.health === 'healthy',
        words: `container ${name} ${container.health === undefined ? 'has no word on its health' : `is ${container.health === 'starting' ? 'starting, its health not known yet' : container.health}`}`,
      }
    case 'started':
      // A short job may have ended before anyone looked: it has run all the same.
      return {
        holds:
          container.state === 'running' || container.state === 'terminated' || container.restartCount > 0,
        words: `container ${name} is ${container.state}`,
      }
    case 'exited': {
      const code = container.termination?.exitCode ?? container.lastTermination?.exitCode
      const expected = probe.exitCode ?? 0
      const words =
        code === undefined
          ? `container ${name} is ${container.state}`
          : `container ${name} exited with ${code}, expected ${expected}`
      return code === expected
        ? { holds: true, words: `container ${name} exited with ${code}` }
        : { holds: false, words }
    }
  }
}

function tellsNoExitCode(probe: StateProbe, target: ReadinessTarget): boolean {
  const main = target.containers.main
  return probe.kind === 'exited' && main?.state === 'terminated' && main.termination?.exitCode === undefined
}
