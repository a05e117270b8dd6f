import type { Secret } from './objects/objects.ts'
import type { Strategy } from './rest/strategy.ts'
import { badRequest, invalid } from './status-error.ts'

const KEY = /^[-._a-zA-Z0-9]+$/
const MOST_BYTES = 1024 * 1024

/** What is particular to the writing of Secrets: plain strings are encoded, and never told. */
export const secretStrategy: Strategy<Secret> = {
  prepareForCreate: complete,
  prepareForUpdate(secret, before) {
    if (before.immutable && JSON.stringify(secret.data) !== JSON.stringify(before.data))
      throw invalid('Secret', secret.metadata.name, [
        {
          reason: 'FieldValueForbidden',
          message: 'Forbidden: field is immutable when `immutable` is set',
          field: 'data',
        },
      ])
    return complete(secret)
  },
}

function complete({ stringData = {}, ...secret }: Secret): Secret {
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(value).toString('base64'),
  ])
  const data: Readonly<Record<string, string>> = { ...secret.data, ...Object.fromEntries(encoded) }
  let bytes = 0
  for (const [key, value] of Object.entries(data)) {
    if (!KEY.test(key))
      throw invalid('Secret', secret.metadata.name, [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${JSON.stringify(key)}: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
          field: `data[${key}]`,
        },
      ])
    // What it holds is told to nobody, neither here.
    if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value))
      throw badRequest('Secret in version "v1" cannot be handled as a Secret: illegal base64 data')
    bytes += Buffer.byteLength(value, 'base64')
  }
  if (bytes > MOST_BYTES)
    throw invalid('Secret', secret.metadata.name, [
      {
        reason: 'FieldValueTooLong',
        message: `Too long: may not be more than ${MOST_BYTES} bytes`,
        field: 'data',
      },
    ])
  return { type: 'Opaque', ...secret, ...(Object.keys(data).length > 0 && { data }) }
}
