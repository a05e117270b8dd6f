import type { PodBody } from './pod-body.ts'

/** By the constraint that is broken. */
export type Violations = Readonly<Record<string, readonly string[]>>

/** What of a Pod reaches into its node. */
export function findViolations({ spec }: PodBody): Violations {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])]
  const namespaces = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field] === true)
  const hostPorts = containers.flatMap(({ name, ports = [] }) =>
    ports.flatMap(({ hostPort }) =>
      hostPort
        ? [`container ${name} specifies host ports [${hostPort}], which are disallowed in Autopilot.`]
        : [],
    ),
  )
  const privileged = containers
    .filter(({ securityContext }) => securityContext?.privileged === true)
    .map(({ name }) => `container ${name} is privileged; not allowed in Autopilot.`)
  const paths = (spec.volumes ?? [])
    .filter(({ hostPath }) => hostPath !== undefined && !`${hostPath.path ?? ''}/`.startsWith('/var/log/'))
    .map(
      ({ name, hostPath }) =>
        `hostPath volume ${name} in container uses path ${hostPath?.path} which is not allowed in Autopilot. Allowed path prefixes for hostPath volumes are: [/var/log/].`,
    )
  return {
    ...(namespaces.length > 0 && {
      '[denied by autogke-disallow-hostnamespaces]': namespaces.map(
        (field) => `enabling ${field} is not allowed in Autopilot.`,
      ),
    }),
    ...(hostPorts.length > 0 && { '[denied by autogke-disallow-host-ports]': hostPorts }),
    ...(privileged.length > 0 && { '[denied by autogke-disallow-privilege]': privileged }),
    ...(paths.length > 0 && { '[denied by autogke-no-write-mode-hostpath]': paths }),
  }
}
