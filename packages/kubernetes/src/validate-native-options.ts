import { BerthError } from '@berth/core'
import type { KubernetesFlavour } from './kubernetes-flavour.ts'
import type { KubernetesNativeOptions } from './kubernetes-native-options.ts'

type Form = readonly [form: string, fits: (value: unknown) => boolean]

const NAME: Form = [
  'the name of an object of the cluster',
  (value) => typeof value === 'string' && /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/.test(value),
]
const TEXT: Form = ['a text', (value) => typeof value === 'string' && value !== '']
const OBJECT: Form = ["an object in Kubernetes' own words", isObject]
const OBJECTS: Form = ['a list of objects', (value) => Array.isArray(value) && value.every(isObject)]
const TEXT_MAP: Form = [
  'texts by name',
  (value) => isObject(value) && Object.values(value).every((item) => typeof item === 'string'),
]
const NAMES: Form = ['a list of names', (value) => Array.isArray(value) && value.every(NAME[1])]

const FORMS: Readonly<Record<keyof KubernetesNativeOptions, Form>> = {
  serviceAccountName: NAME,
  nodeSelector: TEXT_MAP,
  tolerations: OBJECTS,
  affinity: OBJECT,
  topologySpreadConstraints: OBJECTS,
  priorityClassName: NAME,
  runtimeClassName: NAME,
  imagePullSecrets: NAMES,
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  securityContext: OBJECT,
  containerSecurityContext: OBJECT,
  annotations: TEXT_MAP,
  service: oneOf('LoadBalancer', 'NodePort'),
  serviceAnnotations: TEXT_MAP,
  loadBalancerClass: TEXT,
  podSpec: OBJECT,
}
/** What Berth itself decides: by another value it would lose the run. */
const OURS: readonly string[] = ['containers', 'initContainers', 'volumes', 'restartPolicy']

/** Refuses options that a Pod does not have, or in a form that it would not take. Throws `invalid-spec`. */
export function validateNativeOptions(
  native: unknown,
  { name: adapter }: Pick<KubernetesFlavour, 'name'>,
): void {
  if (native === undefined) return
  for (const [name, value] of Object.entries(native as object)) {
    if (value === undefined) continue
    const form = Object.hasOwn(FORMS, name) ? FORMS[name as keyof KubernetesNativeOptions] : undefined
    if (form === undefined) {
      throw invalid(
        `options.${adapter}.${name}: there is no such option, but ${Object.keys(FORMS).join(', ')}`,
      )
    }
    if (!form[1](value)) throw invalid(`options.${adapter}.${name} must be ${form[0]}`)
  }
  const { podSpec = {}, annotations = {} } = native as KubernetesNativeOptions
  for (const field of OURS) {
    if (field in podSpec) {
      throw invalid(`options.${adapter}.podSpec.${field}: this the spec itself says; write it there`)
    }
  }
  for (const key of Object.keys(annotations)) {
    if (key.startsWith('berth-')) {
      throw invalid(
        `options.${adapter}.annotations.${key}: 'berth-' is kept for Berth itself; choose another key`,
      )
    }
  }
}

function oneOf(...values: readonly string[]): Form {
  return [values.join(' or '), (value) => typeof value === 'string' && values.includes(value)]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
