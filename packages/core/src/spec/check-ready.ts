import type { Capabilities } from '../contract/capabilities.ts'
import type { PlannedContainer, PlannedPort } from '../contract/group-plan.ts'
import { isSupported } from './check-capabilities.ts'
import { isProbeKind } from './check-known-keys.ts'
import { checkExecProbe, checkHttpProbe, checkTcpProbe } from './check-probe.ts'
import type { Field } from './field.ts'
import { nearestName } from './nearest-name.ts'
import { showList } from './show-value.ts'
import { PROBE_KEYS } from './spec-shape.ts'

/** What a readiness probe may refer to. */
export interface ProbedGroup {
  readonly capabilities: Capabilities
  /** The main container first. */
  readonly containers: readonly PlannedContainer[]
  readonly initContainers: readonly PlannedContainer[]
}

/** Refuses a probe that could never succeed: one that asks what is not there, or what the cloud cannot tell. */
export function checkReady(field: Field, group: ProbedGroup): void {
  if (!field.mustBeObject("http('/'), tcp(), log('…') or another probe")) return
  const kind = field.at('kind').value
  if (!isProbeKind(kind)) {
    field
      .at('kind')
      .refuse(`${field.at('kind').shown} is no kind of probe; there are ${showList(Object.keys(PROBE_KEYS))}`)
    return
  }
  const { capabilities } = group
  switch (kind) {
    case 'http':
      checkHttpProbe(field, portsFor(field, group))
      break
    case 'tcp':
      checkTcpProbe(field, portsFor(field, group))
      break
    case 'log':
      needs(field, capabilities, 'logs')
      checkContainer(field.at('container'), [...group.containers, ...group.initContainers])
      checkPattern(field)
      break
    case 'exec':
      needs(field, capabilities, 'exec')
      if (capabilities.exec?.exitCode === 'none') {
        field.refuseUnsupported(
          `${capabilities.name} does not tell the exit code of a command, so an exec probe cannot succeed; probe by http, tcp or log`,
        )
      }
      checkContainer(field.at('container'), group.containers)
      checkExecProbe(field)
      break
    case 'health':
      needs(field, capabilities, 'health')
      checkHealth(field, group.containers)
      break
    case 'exited':
      field.read('exitCode', (code) => code.wholeNumber(0, 2 ** 32 - 1, 'exit code'))
      break
    case 'all':
    case 'any':
      checkMany(field.at('probes'), group)
      break
    case 'started':
      break
  }
}

function portsFor(field: Field, { containers: [main, ...sidecars] }: ProbedGroup): readonly PlannedPort[] {
  const own = main?.ports ?? []
  // Without a port it is the main container's first; with one it may be a sidecar's, say a proxy's.
  return field.has('port') ? [...own, ...sidecars.flatMap(({ ports }) => ports)] : own
}

function needs(field: Field, capabilities: Capabilities, capability: 'logs' | 'exec' | 'health'): void {
  if (isSupported(capabilities[capability])) return
  field.refuseUnsupported(
    `${capabilities.name} does not support ${capability}, which this probe needs; probe by http or tcp`,
  )
}

function checkContainer(field: Field, containers: readonly PlannedContainer[]): string | undefined {
  if (field.absent) return 'main'
  const names = containers.map(({ name }) => name)
  const name = field.filledText('the name of a container')
  if (name === undefined || names.includes(name)) return name
  const meant = nearestName(name, names)
  return field.refuse(
    `there is no container ${field.shown}, but ${showList(names)}${meant === undefined ? '' : `; did you mean '${meant}'?`}`,
  )
}

function checkPattern(field: Field): void {
  const pattern = field.at('pattern')
  if (!(pattern.value instanceof RegExp))
    pattern.filledText('a text that a line contains, or a regular expression')
  field.read('times', (times) => times.wholeNumber(1, Number.MAX_SAFE_INTEGER, 'number of lines'))
}

function checkHealth(field: Field, containers: readonly PlannedContainer[]): void {
  const name = checkContainer(field.at('container'), containers)
  const probed = containers.find((container) => container.name === name)
  if (probed === undefined || probed.health !== undefined) return
  const where = name === 'main' ? 'health' : `sidecars.${name}.health`
  field.refuse(`needs a health check of its container; set ${where}: { probe: … }, or probe by http or tcp`)
}

function checkMany(field: Field, group: ProbedGroup): void {
  if (field.absent || (Array.isArray(field.value) && field.value.length === 0)) {
    field.refuse('has no probe; write one at least')
  }
  for (const probe of field.items('probes')) checkReady(probe, group)
}
