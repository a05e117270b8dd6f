import type { PlannedPort } from '../contract/group-plan.ts'
import type { Field } from './field.ts'
import { isObject } from './field.ts'
import { readChoice } from './read-choice.ts'

const PORT = 'port'

/** A port's number. */
export function readPort(field: Field): number | undefined {
  return field.wholeNumber(1, 65_535, PORT)
}

/** The ports of one container. Refuses a port that is declared twice. */
export function planPorts(field: Field): readonly PlannedPort[] {
  const planned: PlannedPort[] = []
  for (const item of field.items('port numbers')) {
    const port = planPort(item)
    if (port === undefined) continue
    if (planned.some((other) => other.port === port.port && other.protocol === port.protocol)) {
      item.refuse(`${port.port}/${port.protocol} is declared twice; remove one`)
    } else {
      planned.push(port)
    }
  }
  return planned
}

function planPort(field: Field): PlannedPort | undefined {
  if (!isObject(field.value)) {
    const port = readPort(field)
    return port === undefined ? undefined : { port, protocol: 'tcp', publish: undefined }
  }
  if (!field.mustBeObject('a port number, or { port: 80 }')) return undefined
  const port = readPort(field.at('port'))
  const protocol = field.has('protocol') ? readChoice(field.at('protocol'), ['tcp', 'udp']) : 'tcp'
  const publish = field.read('publish', readPort)
  return port === undefined || protocol === undefined ? undefined : { port, protocol, publish }
}
