import type { Mark } from '../contract/mark.ts'

/** The end of a phase: a mark, or the instant at which this client knew that the container is ready. */
export type PhaseEnd = Mark | 'detected'

/**
 * The steps through which every start goes in this order, and what the time before each is spent on, in the field's words. Where
 * a cloud has no such step (no `scheduled` on a local Engine, no pull of a cached image), its time belongs to the next.
 *
 * | from | to | phase |
 * |---|---|---|
 * | requested | accepted | accept |
 * | any step before | scheduled | schedule |
 * | any step before | pull-started | prepare |
 * | pull-started | pull-ended | pull |
 * | any step before | created | create |
 * | any step before | started | start |
 * | started | connected, ready | boot |
 * | connected | ready | respond: the program listens, and does not yet answer as asked |
 * | started or later | exited | run |
 * | ready | detected | detection |
 *
 * The marks that keep no order with the steps divide the phase in which they fall, without changing its name: an order accepted in
 * the middle of a pull leaves a pull before it and a pull behind it. Three divisions are worth a name of their own:
 *
 * | from | to | where | phase |
 * |---|---|---|---|
 * | requested | accepted | before any step | accept |
 * | any | addressed | where it is what is awaited: once scheduled, before the pull; and once started | address |
 * | addressed | connected | once started | connect |
 */
const STEPS: readonly (readonly [PhaseEnd, string])[] = [
  ['requested', ''],
  ['scheduled', 'schedule'],
  ['pull-started', 'prepare'],
  ['pull-ended', 'pull'],
  ['created', 'create'],
  ['started', 'start'],
  ['connected', 'boot'],
  ['ready', 'boot'],
  ['detected', 'detection'],
  ['exited', 'run'],
]

const PLACES = new Map<PhaseEnd, number>(STEPS.map(([step], place) => [step, place]))

/** The place of a step among the steps; undefined for the marks that keep no order with them. */
export function stepPlace(mark: PhaseEnd): number | undefined {
  return PLACES.get(mark)
}

/**
 * The name of the piece between two neighbours.
 *
 * @param last the place of the last step at or before `from`
 * @param next the place of the first step at or after `to`; left out where none is known yet
 */
export function phaseName(from: PhaseEnd, to: PhaseEnd, last: number, next?: number): string {
  if (from === 'requested' && to === 'accepted') return 'accept'
  const step = STEPS[last]?.[0]
  if (to === 'addressed' && (step === 'scheduled' || step === 'started')) return 'address'
  if (from === 'addressed' && to === 'connected' && step === 'started') return 'connect'
  if (step === 'connected' && STEPS[next ?? last + 1]?.[0] === 'ready') return 'respond'
  return STEPS[next ?? last + 1]?.[1] ?? 'run'
}

/**
 * Steps that nobody saw but that must have happened between two that were: whoever answers or ends has been started, and a pull has
 * two ends. Of the other steps a cloud without evidence may simply have none.
 */
export function impliedSteps(last: number, next: number | undefined, seen: (mark: Mark) => boolean): Mark[] {
  const between = (mark: Mark) => {
    const place = stepPlace(mark) ?? -1
    return !seen(mark) && place > last && next !== undefined && place < next
  }
  const implied: Mark[] = []
  if (seen('pull-ended') && between('pull-started')) implied.push('pull-started')
  if (seen('pull-started') && between('pull-ended')) implied.push('pull-ended')
  if (next !== undefined && next > STARTED && between('started')) implied.push('started')
  return implied
}

const STARTED = stepPlace('started') ?? 0
