import { isSecret, type OptionForm, refuseWrongOptions } from '@berth/core'
import type { AciNativeOptions } from './aci-native-options.ts'

const TEXTS: OptionForm = [
  'a list of texts',
  (value) => Array.isArray(value) && value.length > 0 && value.every((item) => isText(item)),
]
const TEXT_MAP: OptionForm = [
  'texts by name',
  (value) => isObject(value) && Object.values(value).every(isText),
]
const PROBES: OptionForm = [
  "probes by container name, each with either exec or http: { main: { http: { path: '/', port: 80 } } }",
  (value) => isObject(value) && Object.values(value).every(isProbe),
  'containers',
]
const oneOf = (...values: readonly string[]): OptionForm => [
  `one of ${values.join(', ')}`,
  (value) => typeof value === 'string' && values.includes(value),
]

const FORMS: Readonly<Record<keyof AciNativeOptions, OptionForm>> = {
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
  refuseWrongOptions('aci', native, FORMS, containers)
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
