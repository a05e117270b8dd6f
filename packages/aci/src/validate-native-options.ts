import { BerthError, isSecret } from '@berth/core'
import type { AciNativeOptions } from './aci-native-options.ts'

type Form = readonly [form: string, fits: (value: unknown) => boolean]

const TEXTS: Form = [
  'a list of texts',
  (value) => Array.isArray(value) && value.length > 0 && value.every((item) => isText(item)),
]
const TEXT_MAP: Form = ['texts by name', (value) => isObject(value) && Object.values(value).every(isText)]
const PROBES: Form = [
  "probes by container name, each with either exec or http: { main: { http: { path: '/', port: 80 } } }",
  (value) => isObject(value) && Object.values(value).every(isProbe),
]
const oneOf = (...values: readonly string[]): Form => [
  `one of ${values.join(', ')}`,
  (value) => typeof value === 'string' && values.includes(value),
]

const FORMS: Readonly<Record<keyof AciNativeOptions, Form>> = {
  dnsLabel: [
    '5 to 63 lower-case letters, digits and inner hyphens, the first a letter',
    (value) => typeof value === 'string' && /^[a-z][a-z0-9-]{3,61}[a-z0-9]$/.test(value),
  ],
  dnsLabelScope: oneOf('Noreuse', 'ResourceGroupReuse', 'SubscriptionReuse', 'TenantReuse', 'Unsecure'),
  subnetIds: ["a list of subnets' resource ids, /subscriptions/…/subnets/…", (value) => isIds(value)],
  dns: ["{ nameServers: ['10.0.0.10'] }", (value) => isObject(value) && TEXTS[1](value.nameServers)],
  zones: TEXTS,
  identity: [
    "{ system: true } or { user: ['/subscriptions/…/userAssignedIdentities/…'] }, or both",
    (value) => isObject(value) && (value.system === true || isIds(value.user)),
  ],
  registryIdentities: TEXT_MAP,
  sku: oneOf('Standard', 'Dedicated', 'Confidential'),
  logAnalytics: [
    '{ workspaceId, workspaceKey: secret(…) }',
    (value) => isObject(value) && isText(value.workspaceId) && isSecret(value.workspaceKey),
  ],
  livenessProbes: PROBES,
  readinessProbes: PROBES,
  files: oneOf('copy', 'mount'),
  properties: ["members of the group's properties", isObject],
}

/** Refuses options that the service does not have, or in a form that it would not take. Throws `invalid-spec`. */
export function validateNativeOptions(native: unknown, containers: readonly string[]): void {
  if (native === undefined) return
  for (const [name, value] of Object.entries(native as object)) {
    if (value === undefined) continue
    const form = Object.hasOwn(FORMS, name) ? FORMS[name as keyof AciNativeOptions] : undefined
    if (form === undefined) {
      throw invalid(`options.aci.${name}: there is no such option, but ${Object.keys(FORMS).join(', ')}`)
    }
    if (!form[1](value)) throw invalid(`options.aci.${name} must be ${form[0]}`)
    if (form === PROBES) refuseUnknownContainers(name, value as object, containers)
  }
}

function refuseUnknownContainers(option: string, probes: object, containers: readonly string[]): void {
  const unknown = Object.keys(probes).find((name) => !containers.includes(name))
  if (unknown !== undefined) {
    throw invalid(
      `options.aci.${option}.${unknown}: the run has no such container, but ${containers.join(', ')}`,
    )
  }
}

function isProbe(value: unknown): boolean {
  return isObject(value) && (value.exec === undefined) !== (value.http === undefined)
}

function isIds(value: unknown): boolean {
  return TEXTS[1](value) && (value as readonly string[]).every((id) => id.startsWith('/subscriptions/'))
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
