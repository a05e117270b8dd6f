import { BerthError } from '@berth/core'
import type { AciOptions } from './aci-options.ts'
import { readAzConfiguration } from './arm/az-configuration.ts'
import { AZURE_CLOUDS } from './arm/azure-cloud.ts'
import { checkEndpoint } from './arm/check-endpoint.ts'
import { plainLocation } from './plain-location.ts'

/** The account and place that all calls go to. */
export interface AciPlace {
  readonly subscription: string
  readonly resourceGroup: string
  /** Undefined where nobody has named one: then it is the resource group's own. */
  readonly location: string | undefined
  readonly endpoint: string
  readonly audience: string
  readonly authorityHost: string
  /** Where each was found, for people. */
  readonly sources: Readonly<Record<'subscription' | 'resourceGroup' | 'location' | 'endpoint', string>>
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Finds the place by options, environment, and what the `az` command was told, in this order. Throws `invalid-spec` for what nobody has
 * named, with the ways to name it.
 */
export async function findPlace(
  options: AciOptions,
  environment: Environment = process.env,
): Promise<AciPlace> {
  const az = await readAzConfiguration(environment)
  const subscription = pick(
    [options.subscription, 'the options'],
    [environment.AZURE_SUBSCRIPTION_ID, 'AZURE_SUBSCRIPTION_ID'],
    [az.subscription, 'az account set'],
  )
  const resourceGroup = pick(
    [options.resourceGroup, 'the options'],
    [environment.BERTH_ACI_RESOURCE_GROUP, 'BERTH_ACI_RESOURCE_GROUP'],
    [environment.AZURE_DEFAULTS_GROUP, 'AZURE_DEFAULTS_GROUP'],
    [az.resourceGroup, 'az config set defaults.group'],
  )
  const location = pick(
    [options.location, 'the options'],
    [environment.BERTH_ACI_LOCATION, 'BERTH_ACI_LOCATION'],
    [environment.AZURE_DEFAULTS_LOCATION, 'AZURE_DEFAULTS_LOCATION'],
    [az.location, 'az config set defaults.location'],
  )
  const cloud = AZURE_CLOUDS[options.cloud ?? az.cloud ?? 'public']
  const endpoint = pick(
    [options.endpoint, 'the options'],
    [environment.BERTH_ACI_ENDPOINT, 'BERTH_ACI_ENDPOINT'],
    [cloud.endpoint, 'the cloud'],
  )
  if (subscription === undefined) {
    throw missing(
      'subscription',
      'set AZURE_SUBSCRIPTION_ID, run az account set --subscription <id>, or write aci({ subscription })',
    )
  }
  if (resourceGroup === undefined) {
    throw missing(
      'resource group',
      'set BERTH_ACI_RESOURCE_GROUP, run az config set defaults.group=<name>, or write aci({ resourceGroup })',
    )
  }
  return {
    subscription: subscription.value,
    resourceGroup: resourceGroup.value,
    location: location && plainLocation(location.value),
    endpoint: usable(endpoint?.value ?? cloud.endpoint),
    audience: options.audience ?? cloud.audience,
    authorityHost: environment.AZURE_AUTHORITY_HOST ?? cloud.authorityHost,
    sources: {
      subscription: subscription.source,
      resourceGroup: resourceGroup.source,
      location: location?.source ?? 'the resource group',
      endpoint: endpoint?.source ?? 'the cloud',
    },
  }
}

function pick(
  ...candidates: readonly (readonly [string | undefined, string])[]
): { readonly value: string; readonly source: string } | undefined {
  for (const [value, source] of candidates) if (value) return { value, source }
  return undefined
}

/** An endpoint of the environment is looked at only now: reading it is no business of a provider that is merely made. */
function usable(endpoint: string): string {
  try {
    return checkEndpoint(endpoint)
  } catch (error) {
    throw new BerthError({
      code: 'invalid-spec',
      message: error instanceof Error ? error.message : String(error),
      cause: error,
    })
  }
}

function missing(what: string, mend: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message: `aci: no ${what} is named: ${mend}` })
}
