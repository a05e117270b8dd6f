import type { ObjectStore } from '../objects/object-store.ts'
import type { Container, EnvironmentVariable, Pod } from '../objects/pod.ts'
import { ConfigurationError } from './configuration-error.ts'
import { readField, readResource } from './read-field.ts'
import { serviceVariables } from './service-variables.ts'

/** A container's variables, each of which may name those before it. @throws ConfigurationError where something is not there */
export function resolveEnvironment(
  pod: Pod,
  container: Container,
  store: ObjectStore,
): Readonly<Record<string, string>> {
  const own: Record<string, string> = { HOSTNAME: pod.spec.hostname ?? pod.metadata.name }
  for (const { prefix = '', secretRef, configMapRef } of container.envFrom ?? []) {
    const found = secretRef
      ? decoded(dataOf('secrets', secretRef, pod, store))
      : dataOf('configmaps', configMapRef ?? {}, pod, store)
    for (const [key, value] of Object.entries(found)) own[`${prefix}${key}`] = value
  }
  const services = serviceVariables(pod, store)
  for (const variable of container.env ?? []) {
    const value = resolveVariable(variable, pod, container, { ...services, ...own }, store)
    if (value !== undefined) own[variable.name] = value
  }
  return { ...services, ...own }
}

/** `$(NAME)` is a variable's value, `$$(NAME)` is `$(NAME)`; what is not known stays as it is. */
export function expandReferences(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$'
    return variables[name] ?? whole
  })
}

function resolveVariable(
  { value = '', valueFrom }: EnvironmentVariable,
  pod: Pod,
  container: Container,
  known: Readonly<Record<string, string>>,
  store: ObjectStore,
): string | undefined {
  if (valueFrom === undefined) return expandReferences(value, known)
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom
  if (fieldRef) return readField(pod, fieldRef.fieldPath)
  if (resourceFieldRef) return readResource(pod, container, resourceFieldRef)
  const [kind, reference] = secretKeyRef
    ? (['secrets', secretKeyRef] as const)
    : (['configmaps', configMapKeyRef] as const)
  if (reference === undefined) return ''
  const data = dataOf(kind, reference, pod, store)
  const found = kind === 'secrets' ? decoded(data)[reference.key] : data[reference.key]
  if (found !== undefined || reference.optional) return found
  throw new ConfigurationError(
    `couldn't find key ${reference.key} in ${WORDS[kind]} ${pod.metadata.namespace}/${reference.name}`,
  )
}

const WORDS = { secrets: 'Secret', configmaps: 'ConfigMap' } as const

function dataOf(
  kind: 'secrets' | 'configmaps',
  { name = '', optional = false }: { readonly name?: string; readonly optional?: boolean },
  { metadata }: Pod,
  store: ObjectStore,
): Readonly<Record<string, string>> {
  const found = store.get(kind, metadata.namespace, name)
  if (found) return found.data ?? {}
  if (optional) return {}
  throw new ConfigurationError(`${WORDS[kind].toLowerCase()} "${name}" not found`)
}

function decoded(data: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
  )
}
