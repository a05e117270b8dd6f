import type { Container, Pod, ResourceReference } from '../objects/pod.ts'
import { ConfigurationError } from './configuration-error.ts'
import { parseQuantity } from './parse-quantity.ts'

/** A field of the Pod that its containers may be told. @throws ConfigurationError */
export function readField({ metadata, spec, status }: Pod, path: string): string {
  const [, list, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? []
  if (list === 'labels' || list === 'annotations') return metadata[list]?.[key] ?? ''
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'metadata.labels': lines(metadata.labels),
    'metadata.annotations': lines(metadata.annotations),
    'spec.nodeName': spec.nodeName,
    'spec.serviceAccountName': spec.serviceAccountName,
    'status.hostIP': status?.hostIP,
    'status.podIP': status?.podIP,
    'status.podIPs': status?.podIP,
  }
  if (path in fields) return fields[path] ?? ''
  throw new ConfigurationError(`unsupported fieldPath: ${path}`)
}

/** What a container asks for or is limited to, in units of the divisor, rounded up. @throws ConfigurationError */
export function readResource(
  { spec }: Pod,
  container: Container | undefined,
  { containerName, resource, divisor = '1' }: ResourceReference,
): string {
  const about = spec.containers.find(({ name }) => name === containerName) ?? container
  const [kind, name = ''] = resource.split('.', 2)
  if (kind !== 'limits' && kind !== 'requests')
    throw new ConfigurationError(`unsupported container resource : ${resource}`)
  const amount = parseQuantity(about?.resources?.[kind]?.[name] ?? 0) ?? 0
  return String(Math.ceil(amount / (parseQuantity(divisor) || 1)))
}

function lines(map: Readonly<Record<string, string>> = {}): string {
  return Object.entries(map)
    .sort()
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n')
}
