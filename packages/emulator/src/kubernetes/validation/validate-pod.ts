import type { Container, Pod, PodSpec, Quantities } from '../objects/pod.ts'
import { parseQuantity } from '../pod/parse-quantity.ts'
import { badRequest, invalid, type StatusCause } from '../status-error.ts'
import { DNS_LABEL, DNS_LABEL_WORDS } from './validate-metadata.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const ENVIRONMENT_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/
const VOLUMES = ['emptyDir', 'secret', 'configMap', 'downwardAPI', 'projected']

/** Refuses a Pod that cannot be. @throws StatusError */
export function validatePod({ metadata, spec }: Pod): void {
  const name = metadata.name ?? ''
  if (typeof spec !== 'object' || spec === null || !Array.isArray(spec.containers))
    throw invalid('Pod', name, [required('spec.containers')])
  requireQuantities(spec)
  const causes = [
    ...(spec.containers.length === 0 ? [required('spec.containers')] : []),
    ...supported(spec.restartPolicy, RESTART_POLICIES, 'spec.restartPolicy'),
    ...atLeast(spec.activeDeadlineSeconds, 1, 'spec.activeDeadlineSeconds'),
    ...atLeast(spec.terminationGracePeriodSeconds, 0, 'spec.terminationGracePeriodSeconds'),
    ...volumeCauses(spec),
    ...spec.containers.flatMap((one, index) => containerCauses(one, `spec.containers[${index}]`, spec)),
    ...(spec.initContainers ?? []).flatMap((one, index) =>
      containerCauses(one, `spec.initContainers[${index}]`, spec),
    ),
    ...duplicates(
      [...(spec.initContainers ?? []), ...spec.containers].map((one) => one.name),
      'spec.containers',
    ),
  ]
  if (causes.length > 0) throw invalid('Pod', name, causes)
}

function volumeCauses({ volumes = [] }: PodSpec): StatusCause[] {
  return [
    ...duplicates(
      volumes.map(({ name }) => name),
      'spec.volumes',
    ),
    ...volumes.flatMap((volume, index) => {
      const field = `spec.volumes[${index}]`
      const source = Object.keys(volume).find((key) => key !== 'name')
      return [
        ...label(volume.name, `${field}.name`),
        ...(source === undefined || VOLUMES.includes(source)
          ? []
          : [
              {
                reason: 'FieldValueForbidden',
                message: `Forbidden: this emulated cluster has no volumes of type ${source}; there are ${VOLUMES.join(', ')}`,
                field: `${field}.${source}`,
              },
            ]),
      ]
    }),
  ]
}

function containerCauses(container: Container, field: string, spec: PodSpec): StatusCause[] {
  const { ports = [], env = [], volumeMounts = [], resources } = container
  return [
    ...label(container.name, `${field}.name`),
    ...(container.image ? [] : [required(`${field}.image`)]),
    ...(container.image?.trim() === container.image
      ? []
      : [bad(container.image, `must not have leading or trailing whitespace`, `${field}.image`)]),
    ...supported(container.imagePullPolicy, PULL_POLICIES, `${field}.imagePullPolicy`),
    ...(container.lifecycle === undefined
      ? []
      : [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: this emulated cluster runs no lifecycle hooks',
            field: `${field}.lifecycle`,
          },
        ]),
    ...ports.flatMap((port, index) => [
      ...(port.containerPort >= 1 && port.containerPort <= 65_535
        ? []
        : [
            bad(
              port.containerPort,
              'must be between 1 and 65535, inclusive',
              `${field}.ports[${index}].containerPort`,
            ),
          ]),
      ...supported(port.protocol, PROTOCOLS, `${field}.ports[${index}].protocol`),
    ]),
    ...env.flatMap(({ name = '' }, index) =>
      ENVIRONMENT_NAME.test(name)
        ? []
        : [
            bad(
              name,
              "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
              `${field}.env[${index}].name`,
            ),
          ],
    ),
    ...volumeMounts.flatMap(({ name }, index) =>
      spec.volumes?.some((volume) => volume.name === name)
        ? []
        : [
            {
              reason: 'FieldValueNotFound',
              message: `Not found: ${JSON.stringify(name)}`,
              field: `${field}.volumeMounts[${index}].name`,
            },
          ],
    ),
    ...resourceCauses(resources, `${field}.resources`),
    ...probeCauses(container, field),
  ]
}

function probeCauses(container: Container, field: string): StatusCause[] {
  return (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((kind) => {
    const probe = container[kind]
    if (!probe) return []
    if (probe.grpc !== undefined)
      return [
        {
          reason: 'FieldValueForbidden',
          message: 'Forbidden: this emulated cluster makes no gRPC probes',
          field: `${field}.${kind}.grpc`,
        },
      ]
    const handlers = [probe.exec, probe.httpGet, probe.tcpSocket].filter((one) => one !== undefined)
    return [
      ...(handlers.length === 1 ? [] : [required(`${field}.${kind}`, 'must specify a handler type')]),
      ...atLeast(probe.periodSeconds, 1, `${field}.${kind}.periodSeconds`),
      ...atLeast(probe.timeoutSeconds, 1, `${field}.${kind}.timeoutSeconds`),
      ...atLeast(probe.failureThreshold, 1, `${field}.${kind}.failureThreshold`),
    ]
  })
}

/** One that cannot be read is refused before anything else is looked at. */
function requireQuantities({ containers, initContainers = [] }: PodSpec): void {
  for (const { resources = {} } of [...containers, ...initContainers])
    for (const quantities of [resources.requests, resources.limits])
      for (const value of Object.values(quantities ?? {}))
        if (parseQuantity(value) === undefined)
          throw badRequest(
            'Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
          )
}

function resourceCauses(resources: Container['resources'] = {}, field: string): StatusCause[] {
  const { requests = {}, limits = {} } = resources
  const negative = (quantities: Quantities, kind: string) =>
    Object.entries(quantities).flatMap(([name, value]) =>
      (parseQuantity(value) ?? 0) < 0
        ? [bad(value, 'must be greater than or equal to 0', `${field}.${kind}[${name}]`)]
        : [],
    )
  return [
    ...negative(requests, 'requests'),
    ...negative(limits, 'limits'),
    ...Object.entries(requests).flatMap(([name, value]) => {
      const limit = limits[name]
      if (limit === undefined || (parseQuantity(value) ?? 0) <= (parseQuantity(limit) ?? 0)) return []
      return [bad(value, `must be less than or equal to ${name} limit of ${limit}`, `${field}.requests`)]
    }),
  ]
}

function label(name: string | undefined, field: string): StatusCause[] {
  if (!name) return [required(field)]
  if (name.length > 63) return [bad(name, 'must be no more than 63 characters', field)]
  return DNS_LABEL.test(name) ? [] : [bad(name, DNS_LABEL_WORDS, field)]
}

function supported(value: string | undefined, values: readonly string[], field: string): StatusCause[] {
  if (value === undefined || values.includes(value)) return []
  const list = values.map((one) => JSON.stringify(one)).join(', ')
  return [
    {
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
      field,
    },
  ]
}

function atLeast(value: number | undefined, least: number, field: string): StatusCause[] {
  if (value === undefined || value >= least) return []
  return [bad(value, `must be greater than or equal to ${least}`, field)]
}

function duplicates(names: readonly (string | undefined)[], field: string): StatusCause[] {
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) !== index
      ? [
          {
            reason: 'FieldValueDuplicate',
            message: `Duplicate value: ${JSON.stringify(name)}`,
            field: `${field}[${index}].name`,
          },
        ]
      : [],
  )
}

function required(field: string, more?: string): StatusCause {
  const message = more === undefined ? 'Required value' : `Required value: ${more}`
  return { reason: 'FieldValueRequired', message, field }
}

function bad(value: unknown, why: string, field: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field }
}
