import { ArmError } from './arm-error.ts'
import type { ArmOperation } from './arm-operation.ts'
import type { AzureAccount } from './azure-options.ts'
import { jsonResponse } from './json-response.ts'

/** What stands behind a namespace: its types with their versions. */
export interface ProviderDescription {
  /** `Microsoft.ContainerInstance` */
  readonly namespace: string
  readonly types: readonly { readonly type: string; readonly apiVersions: readonly string[] }[]
}

/** Which subscriptions are registered for which namespaces. Registering takes effect at once. */
export class ProviderRegistrations {
  readonly #account: AzureAccount
  readonly #changed = new Map<string, boolean>()

  constructor(account: AzureAccount) {
    this.#account = account
  }

  isRegistered(subscriptionId: string, namespace: string): boolean {
    return this.#changed.get(keyOf(subscriptionId, namespace)) ?? this.#account.registered
  }

  set(subscriptionId: string, namespace: string, isRegistered: boolean): void {
    this.#changed.set(keyOf(subscriptionId, namespace), isRegistered)
  }

  /** Throws `MissingSubscriptionRegistration`. */
  check(subscriptionId: string, namespace: string): void {
    if (this.isRegistered(subscriptionId, namespace)) return
    throw new ArmError(
      409,
      'MissingSubscriptionRegistration',
      `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
    )
  }
}

export interface ProviderParts {
  readonly account: AzureAccount
  readonly registrations: ProviderRegistrations
  readonly providers: readonly ProviderDescription[]
}

/** Registration of subscriptions for resource providers, and what those offer. */
export function resourceProviderOperations(parts: ProviderParts): readonly ArmOperation[] {
  const { registrations, providers } = parts
  const path = '/subscriptions/:subscriptionId/providers/:namespace'
  const change = (name: string, isRegistered: boolean): ArmOperation => ({
    service: 'arm',
    name: `Providers_${isRegistered ? 'Register' : 'Unregister'}`,
    method: 'POST',
    path: `${path}/${name}`,
    handle: ({ parameters: { subscriptionId = '', namespace = '' } }) => {
      const provider = find(namespace, providers)
      registrations.set(subscriptionId, provider.namespace, isRegistered)
      return jsonResponse(200, render(subscriptionId, provider, parts))
    },
  })
  return [
    {
      service: 'arm',
      name: 'Providers_Get',
      method: 'GET',
      path,
      handle: ({ parameters: { subscriptionId = '', namespace = '' } }) =>
        jsonResponse(200, render(subscriptionId, find(namespace, providers), parts)),
    },
    {
      service: 'arm',
      name: 'Providers_List',
      method: 'GET',
      path: '/subscriptions/:subscriptionId/providers',
      handle: ({ parameters: { subscriptionId = '' } }) =>
        jsonResponse(200, { value: providers.map((provider) => render(subscriptionId, provider, parts)) }),
    },
    change('register', true),
    change('unregister', false),
  ]
}

function find(namespace: string, providers: readonly ProviderDescription[]): ProviderDescription {
  const found = providers.find((one) => one.namespace.toLowerCase() === namespace.toLowerCase())
  if (!found)
    throw new ArmError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)
  return found
}

function render(subscriptionId: string, provider: ProviderDescription, parts: ProviderParts) {
  const { namespace, types } = provider
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    resourceTypes: types.map(({ type, apiVersions }) => ({
      resourceType: type,
      locations: parts.account.locations,
      apiVersions: [...apiVersions].reverse(),
      capabilities: type.includes('/') ? 'None' : 'SupportsTags, SupportsLocation',
    })),
    registrationState: parts.registrations.isRegistered(subscriptionId, namespace)
      ? 'Registered'
      : 'NotRegistered',
    registrationPolicy: 'RegistrationRequired',
  }
}

function keyOf(subscriptionId: string, namespace: string): string {
  return `${subscriptionId}/${namespace}`.toLowerCase()
}
