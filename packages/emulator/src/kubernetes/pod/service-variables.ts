import type { ObjectStore } from '../objects/object-store.ts'
import type { Pod } from '../objects/pod.ts'

/** Where the namespace's Services are, in the variables that every container of it is given. */
export function serviceVariables(pod: Pod, store: ObjectStore): Readonly<Record<string, string>> {
  if (pod.spec.enableServiceLinks === false) return {}
  const variables: Record<string, string> = {}
  for (const { metadata, spec } of store.list('services', pod.metadata.namespace)) {
    const { clusterIP, ports = [] } = spec
    const [first] = ports
    if (!clusterIP || clusterIP === 'None' || first === undefined) continue
    const prefix = metadata.name.toUpperCase().replaceAll('-', '_')
    variables[`${prefix}_SERVICE_HOST`] = clusterIP
    variables[`${prefix}_SERVICE_PORT`] = String(first.port)
    for (const { name, port } of ports)
      if (name !== undefined)
        variables[`${prefix}_SERVICE_PORT_${name.toUpperCase().replaceAll('-', '_')}`] = String(port)
  }
  return variables
}
