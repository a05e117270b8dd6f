import type { KubernetesObject, Metadata } from '../objects/kubernetes-object.ts'
import type { ResourceType } from '../resource-type.ts'
import { invalid, type StatusCause } from '../status-error.ts'

export const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
export const DNS_LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const DNS_SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/
const LABEL_VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const QUALIFIED_NAME = /^([a-z0-9.-]{1,253}\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const QUALIFIED_NAME_WORDS =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const MOST_ANNOTATION_BYTES = 256 * 1024
/** A Service's name is a name of its DNS, and one that begins with a letter. */
const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const SERVICE_NAME_WORDS =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"

/** Refuses names, labels and annotations that no object can have. @throws StatusError */
export function validateMetadata({ metadata }: KubernetesObject, { kind, resource }: ResourceType): void {
  const causes = [...nameCauses(metadata, resource), ...labelCauses(metadata), ...annotationCauses(metadata)]
  if (causes.length > 0) throw invalid(kind, metadata.name ?? '', causes)
}

function nameCauses({ name }: Metadata, resource: string): StatusCause[] {
  const field = 'metadata.name'
  if (!name)
    return [
      { reason: 'FieldValueRequired', message: 'Required value: name or generateName is required', field },
    ]
  if (resource === 'services') return form(name, SERVICE_NAME, SERVICE_NAME_WORDS, 63, field)
  if (resource === 'namespaces') return form(name, DNS_LABEL, DNS_LABEL_WORDS, 63, field)
  return form(name, DNS_SUBDOMAIN, DNS_SUBDOMAIN_WORDS, 253, field)
}

function labelCauses({ labels = {} }: Metadata): StatusCause[] {
  const field = 'metadata.labels'
  return Object.entries(labels).flatMap(([key, value]) => [
    ...form(key, QUALIFIED_NAME, QUALIFIED_NAME_WORDS, 317, field),
    ...form(String(value), LABEL_VALUE, LABEL_VALUE_WORDS, 63, field),
  ])
}

function annotationCauses({ annotations = {} }: Metadata): StatusCause[] {
  const field = 'metadata.annotations'
  const bytes = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  )
  return [
    ...Object.keys(annotations).flatMap((key) => form(key, QUALIFIED_NAME, QUALIFIED_NAME_WORDS, 317, field)),
    ...(bytes > MOST_ANNOTATION_BYTES
      ? [
          {
            reason: 'FieldValueTooLong',
            message: `Too long: may not be more than ${MOST_ANNOTATION_BYTES} bytes`,
            field,
          },
        ]
      : []),
  ]
}

function form(value: string, pattern: RegExp, words: string, most: number, field: string): StatusCause[] {
  const flaws = [
    ...(value.length > most ? [`must be no more than ${most} characters`] : []),
    ...(pattern.test(value) ? [] : [words]),
  ]
  return flaws.map((flaw) => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${flaw}`,
    field,
  }))
}
