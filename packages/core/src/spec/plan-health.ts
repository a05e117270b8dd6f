import type { PlannedPort } from '../contract/group-plan.ts'
import type { HealthCheck } from '../contract/probe.ts'
import { checkExecProbe, checkHttpProbe, checkTcpProbe } from './check-probe.ts'
import type { Field } from './field.ts'
import { readChoice } from './read-choice.ts'
import { readDuration } from './read-duration.ts'

/** The health check that the cloud makes of one container. */
export function planHealth(
  field: Field,
  container: string,
  ports: readonly PlannedPort[],
): HealthCheck | undefined {
  if (!field.mustBeObject("{ probe: http('/healthz') }")) return undefined
  const probe = readProbe(field.at('probe'), container, ports)
  const interval = field.read('interval', (each) => readDuration(each, 1))
  const timeout = field.read('timeout', (each) => readDuration(each, 1))
  const startPeriod = field.read('startPeriod', (each) => readDuration(each))
  const retries = field.read('retries', (each) => each.wholeNumber(1, 1_000, 'number of failures'))
  return probe === undefined ? undefined : { probe, interval, timeout, retries, startPeriod }
}

function readProbe(
  field: Field,
  container: string,
  ports: readonly PlannedPort[],
): HealthCheck['probe'] | undefined {
  if (!field.mustBeObject('http(), tcp() or exec()')) return undefined
  const kind = readChoice(field.at('kind'), ['http', 'tcp', 'exec'])
  if (kind === 'http') checkHttpProbe(field, ports)
  if (kind === 'tcp') checkTcpProbe(field, ports)
  if (kind === 'exec') {
    checkExecProbe(field)
    field.read('container', (other) => {
      if (other.value !== container) other.refuse('a health check runs in its own container; leave it out')
    })
  }
  return kind === undefined ? undefined : (field.value as HealthCheck['probe'])
}
