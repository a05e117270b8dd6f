import type { ContainerBody, GroupPropertiesBody } from './group-body.ts'

/** Fills in what ACI fills in: what answers tell back although nobody asked for it. Null counts as left out. */
export function completeGroup(properties: GroupPropertiesBody): GroupPropertiesBody {
  const given = withoutNulls(properties) as GroupPropertiesBody
  return {
    ...given,
    containers: given.containers?.map(completeContainer) ?? [],
    restartPolicy: given.restartPolicy ?? 'Always',
    sku: given.sku ?? 'Standard',
    ...(given.ipAddress && {
      ipAddress: { ...given.ipAddress, ports: given.ipAddress.ports?.map(completePort) ?? [] },
    }),
  }
}

function completeContainer({ name, properties }: ContainerBody): ContainerBody {
  return {
    ...(name !== undefined && { name }),
    properties: {
      ...properties,
      ports: properties?.ports?.map(completePort) ?? [],
      environmentVariables: properties?.environmentVariables ?? [],
    },
  }
}

function completePort(port: { readonly port?: number; readonly protocol?: string }) {
  return { protocol: 'TCP', ...port }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null && part !== undefined)
      .map(([key, part]) => [key, withoutNulls(part)]),
  )
}
