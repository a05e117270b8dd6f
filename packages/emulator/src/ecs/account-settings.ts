import type { AwsRequest } from '../aws/aws-operation.ts'
import { invalidParameter } from './ecs-errors.ts'

interface SettingBody {
  readonly name?: string
  readonly value?: string
}

/** What an account has by default; since 2021 the long ARNs cannot be turned off. */
const SETTINGS: Readonly<Record<string, string>> = {
  awsvpcTrunking: 'disabled',
  containerInsights: 'disabled',
  containerInstanceLongArnFormat: 'enabled',
  dualStackIPv6: 'enabled',
  fargateTaskRetirementWaitPeriod: '7',
  serviceLongArnFormat: 'enabled',
  tagResourceAuthorization: 'off',
  taskLongArnFormat: 'enabled',
}

/** The settings of an account. They are kept and told back; nothing here depends on them. */
export class AccountSettings {
  readonly #values = new Map(Object.entries(SETTINGS))

  list({ input }: AwsRequest): object {
    const { name, value } = input<SettingBody>()
    const settings = [...this.#values]
      .filter(([key, current]) => (name ?? key) === key && (value ?? current) === current)
      .map(([key, current]) => ({ name: key, value: current }))
    return { settings }
  }

  put({ input }: AwsRequest): object {
    const { name = '', value = '' } = input<SettingBody>()
    if (!this.#values.has(name)) throw invalidParameter(`Unknown setting name: ${name}.`)
    this.#values.set(name, value)
    return { setting: { name, value } }
  }
}
