import { ArmError } from './arm-error.ts'
import type { ArmOperation } from './arm-operation.ts'

/** Holds a request's `api-version` against what the operation's type offers. Throws ARM's 400. */
export function checkApiVersion(
  version: string | null,
  { type, apiVersions }: ArmOperation,
  place: { readonly location: string; readonly locations: readonly string[] },
): string {
  if (!version)
    throw new ArmError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    )
  const isOffered = apiVersions
    ? apiVersions.includes(version)
    : /^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)
  if (isOffered) return version
  if (!apiVersions || !type)
    throw new ArmError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${version}' is invalid. The supported versions are dates such as '2022-12-01,2021-04-01,2020-01-01'.`,
    )
  throw new ArmError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '${place.location}' and API version '${version}' for type '${bareType(type)}'. The supported api-versions are '${apiVersions.join(', ')}'. The supported locations are '${place.locations.join(', ')}'.`,
  )
}

/** `containerGroups` of `Microsoft.ContainerInstance/containerGroups`. */
function bareType(type: string): string {
  return type.slice(type.indexOf('/') + 1)
}
