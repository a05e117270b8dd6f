import { BerthError } from '@berth/core'
import type { DockerNativeOptions } from './docker-native-options.ts'

type Form = readonly [form: string, fits: (value: unknown) => boolean]

const TEXT: Form = ['a text', (value) => typeof value === 'string' && value !== '']
const FLAG: Form = ['true or false', (value) => typeof value === 'boolean']
const TEXTS: Form = [
  'a list of texts',
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
]
const COUNT: Form = ['a number of bytes', (value) => Number.isSafeInteger(value) && Number(value) > 0]
const TEXT_MAP: Form = [
  'texts by name',
  (value) => isObject(value) && Object.values(value).every((item) => typeof item === 'string'),
]
const LIMITS: Form = [
  '{ nofile: { soft: 1024, hard: 4096 } }',
  (value) =>
    isObject(value) &&
    Object.values(value).every(
      (limit) => isObject(limit) && Number.isSafeInteger(limit.soft) && Number.isSafeInteger(limit.hard),
    ),
]
const LOG_DRIVER: Form = [
  "{ type: 'json-file' }",
  (value) =>
    isObject(value) &&
    typeof value.type === 'string' &&
    (value.options === undefined || TEXT_MAP[1](value.options)),
]

const FORMS: Readonly<Record<keyof DockerNativeOptions, Form>> = {
  network: TEXT,
  runtime: TEXT,
  capAdd: TEXTS,
  capDrop: TEXTS,
  privileged: FLAG,
  devices: TEXTS,
  extraHosts: TEXTS,
  dns: TEXTS,
  shmSize: COUNT,
  ulimits: LIMITS,
  readonlyRootfs: FLAG,
  init: FLAG,
  tmpfs: TEXT_MAP,
  securityOpt: TEXTS,
  logDriver: LOG_DRIVER,
}

/** Refuses options that an engine does not have, or in a form that it would not take. Throws `invalid-spec`. */
export function validateNativeOptions(native: unknown): void {
  if (native === undefined) return
  for (const [name, value] of Object.entries(native as object)) {
    if (value === undefined) continue
    const form = Object.hasOwn(FORMS, name) ? FORMS[name as keyof DockerNativeOptions] : undefined
    if (form === undefined) {
      throw invalid(`options.docker.${name}: there is no such option, but ${Object.keys(FORMS).join(', ')}`)
    }
    if (!form[1](value)) throw invalid(`options.docker.${name} must be ${form[0]}`)
    // A group's containers share a network that is made for them; another container's cannot be made theirs.
    if (name === 'network' && String(value).startsWith('container:')) {
      throw invalid("options.docker.network: another container's network cannot be shared; name a network")
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
