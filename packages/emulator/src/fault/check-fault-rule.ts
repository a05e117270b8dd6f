import type { FaultRule } from './fault-rule.ts'

const KINDS: readonly FaultRule['effect']['kind'][] = [
  'reset',
  'lost-request',
  'lost-response',
  'slow',
  'cut',
  'throttle',
  'error',
  'capacity',
  'quota',
  'slow-pull',
  'failed-pull',
  'stuck',
  'interruption',
]
const MATCHES = ['service', 'operation', 'region', 'name', 'nth', 'probability']

/** Rules come from files too, so they are checked by what they are, not by their type. */
export function checkFaultRule(rule: FaultRule): void {
  const { effect, match = {} } = rule
  if (!KINDS.includes(effect?.kind))
    throw new TypeError(
      `a fault's effect.kind is ${JSON.stringify(effect?.kind)}; it must be one of ${KINDS.join(', ')}`,
    )
  for (const key of Object.keys(match)) {
    if (!MATCHES.includes(key))
      throw new TypeError(`a fault matches by ${key}; it can match by ${MATCHES.join(', ')}`)
  }
  const { probability, nth } = match
  if (probability !== undefined && !(probability >= 0 && probability <= 1))
    throw new RangeError(`a fault's probability is ${probability}; it must be from 0 to 1`)
  if (nth !== undefined && ![nth].flat().every((one) => Number.isInteger(one) && one >= 1))
    throw new RangeError(`a fault's nth is ${JSON.stringify(nth)}; calls are counted from 1`)
  if (effect.kind === 'error' && !(effect.status >= 400 && effect.status <= 599 && effect.code))
    throw new RangeError('a fault of kind error needs a status from 400 to 599 and a code')
  if ((effect.kind === 'slow' || effect.kind === 'slow-pull') && !(effect.delayInMs >= 0))
    throw new RangeError(`a fault of kind ${effect.kind} needs delayInMs, 0 or more`)
  if (effect.kind === 'cut' && !(effect.afterInMs >= 0))
    throw new RangeError('a fault of kind cut needs afterInMs, 0 or more')
  if (effect.kind === 'interruption' && !(effect.afterInMs >= 0))
    throw new RangeError('a fault of kind interruption needs afterInMs, 0 or more')
  if (effect.kind === 'capacity' && !['at-once', 'afterwards'].includes(effect.when))
    throw new TypeError("a fault of kind capacity needs when: 'at-once' or 'afterwards'")
}
