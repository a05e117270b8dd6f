import { type OptionForm, refuseWrongOptions } from '@berth/core'
import type { EcsNativeOptions } from './ecs-native-options.ts'

const ARN: OptionForm = [
  "a role's ARN, arn:aws:iam::…:role/…",
  (value) => isText(value) && /^arn:[\w-]+:iam:/.test(value),
]
const ids = (prefix: string, most: number): OptionForm => [
  `1 to ${most} ids like ${prefix}0123456789abcdef0`,
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= most &&
    value.every((id) => isText(id) && id.startsWith(prefix)),
]
const BY_CONTAINER: OptionForm = [
  "ARNs of secrets by container name: { main: 'arn:aws:secretsmanager:…' }",
  (value) => isObject(value) && Object.values(value).every((arn) => isText(arn) && arn.startsWith('arn:')),
  'containers',
]
const FLAGS: OptionForm = [
  'true or false by container name: { main: true }',
  (value) => isObject(value) && Object.values(value).every((flag) => typeof flag === 'boolean'),
  'containers',
]

const FORMS: Readonly<Record<keyof EcsNativeOptions, OptionForm>> = {
  taskRoleArn: ARN,
  executionRoleArn: ARN,
  subnets: ids('subnet-', 16),
  securityGroups: ids('sg-', 5),
  platformVersion: [
    "'LATEST' or a version like 1.4.0",
    (value) => isText(value) && /^LATEST$|^\d+\.\d+\.\d+$/.test(value),
  ],
  ephemeralStorage: [
    'a whole number of GiB from 21 to 200',
    (value) => Number.isInteger(value) && Number(value) >= 21 && Number(value) <= 200,
  ],
  exec: ['true or false', (value) => typeof value === 'boolean'],
  registryCredentials: BY_CONTAINER,
  readOnly: FLAGS,
  taskDefinition: ['members of a task definition', isObject],
}

/** Refuses options that the service does not have, or in a form that it would not take. Throws `invalid-spec`. */
export function validateNativeOptions(native: unknown, containers: readonly string[]): void {
  refuseWrongOptions('ecs', native, FORMS, containers)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
