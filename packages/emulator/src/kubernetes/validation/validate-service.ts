import type { Service } from '../objects/objects.ts'
import { invalid, type StatusCause } from '../status-error.ts'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

/** Refuses a Service that cannot be. @throws StatusError */
export function validateService({ metadata, spec }: Service): void {
  const causes = [...typeCauses(spec), ...portCauses(spec), ...addressCauses(spec)]
  if (causes.length > 0) throw invalid('Service', metadata.name ?? '', causes)
}

function typeCauses({ type = 'ClusterIP' }: Service['spec'] = {}): StatusCause[] {
  if (TYPES.includes(type)) return []
  const list = TYPES.map((one) => JSON.stringify(one)).join(', ')
  return [
    {
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(type)}: supported values: ${list}`,
      field: 'spec.type',
    },
  ]
}

function portCauses({ type, clusterIP, ports = [] }: Service['spec'] = {}): StatusCause[] {
  if (ports.length === 0 && type !== 'ExternalName' && clusterIP !== 'None')
    return [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.ports' }]
  return ports.flatMap(({ name, port, protocol = 'TCP', nodePort }, index) => {
    const field = `spec.ports[${index}]`
    return [
      ...(ports.length > 1 && !name
        ? [{ reason: 'FieldValueRequired', message: 'Required value', field: `${field}.name` }]
        : []),
      ...(port >= 1 && port <= 65_535
        ? []
        : [wrong(port, 'must be between 1 and 65535, inclusive', `${field}.port`)]),
      ...(PROTOCOLS.includes(protocol)
        ? []
        : [wrong(protocol, `supported values: ${PROTOCOLS.join(', ')}`, `${field}.protocol`)]),
      ...(nodePort === undefined || (nodePort >= 30_000 && nodePort <= 32_767)
        ? []
        : [
            wrong(
              nodePort,
              'provided port is not in the valid range. The range of valid ports is 30000-32767',
              `${field}.nodePort`,
            ),
          ]),
    ]
  })
}

/** The cluster gives addresses; a client may only want none. */
function addressCauses({ clusterIP }: Service['spec'] = {}): StatusCause[] {
  if (!clusterIP || clusterIP === 'None' || clusterIP.startsWith('127.')) return []
  return [
    wrong(
      clusterIP,
      'failed to allocate IP: the provided IP is not in the valid range. The range of valid IPs is 127.64.0.0/9',
      'spec.clusterIPs[0]',
    ),
  ]
}

function wrong(value: unknown, why: string, field: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field }
}
