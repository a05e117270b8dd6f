import type { Random, RandomNumbers } from '../random/random.ts'
import { checkFaultRule } from './check-fault-rule.ts'
import type { FaultEffect, FaultMatch, FaultRule } from './fault-rule.ts'

/** What a call acts on, as far as the service can tell. */
export interface FaultSubject {
  readonly service: string
  readonly operation: string
  readonly region?: string | undefined
  readonly name?: string | undefined
}

interface Planned {
  readonly rule: FaultRule
  readonly numbers: RandomNumbers
  matched: number
}

/** The rules in force. One sequence of random numbers a rule: a failing run is replayed by its seed and rules. */
export class FaultPlan {
  readonly #random: Random
  #planned: Planned[] = []
  #added = 0

  constructor(random: Random, rules: readonly FaultRule[] = []) {
    this.#random = random
    for (const rule of rules) this.add(rule)
  }

  /** @throws TypeError, RangeError where the rule cannot be meant */
  add(rule: FaultRule): void {
    checkFaultRule(rule)
    this.#planned.push({ rule, numbers: this.#random.numbers(`fault ${this.#added}`), matched: 0 })
    this.#added += 1
  }

  clear(): void {
    this.#planned = []
  }

  /** What shall happen to this call. Each one counts, so ask once. */
  draw(subject: FaultSubject): readonly FaultEffect[] {
    return this.#planned.filter((planned) => strikes(planned, subject)).map(({ rule }) => rule.effect)
  }
}

function strikes(planned: Planned, subject: FaultSubject): boolean {
  const match: FaultMatch = planned.rule.match ?? {}
  if (!fits(match.service, subject.service)) return false
  if (!fits(match.operation, subject.operation)) return false
  if (!fits(match.region, subject.region)) return false
  if (!fits(match.name, subject.name)) return false
  planned.matched += 1
  if (match.nth !== undefined && ![match.nth].flat().includes(planned.matched)) return false
  return match.probability === undefined || planned.numbers() < match.probability
}

function fits(wanted: string | undefined, value: string | undefined): boolean {
  if (wanted === undefined) return true
  if (value === undefined) return false
  const pattern = wanted.split('*').map(escapeForRegExp).join('.*')
  return new RegExp(`^${pattern}$`, 'i').test(value)
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
