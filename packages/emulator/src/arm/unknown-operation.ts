import { ArmError } from './arm-error.ts'
import type { ProviderDescription } from './resource-providers.ts'

/** What ARM says to a request that means none of its operations. */
export function unknownOperation(
  method: string,
  url: URL,
  {
    isPathKnown,
    providers,
  }: { readonly isPathKnown: boolean; readonly providers: readonly ProviderDescription[] },
): ArmError {
  if (isPathKnown)
    return new ArmError(
      405,
      'MethodNotAllowed',
      `The requested resource does not support http method '${method}'.`,
    )
  const [, namespace, ...segments] = /\/providers\/([^/]+)((?:\/[^/]+)*)\/?$/i.exec(url.pathname) ?? []
  if (namespace === undefined)
    return new ArmError(
      404,
      'MissingSubscription',
      'The request did not have a subscription or a valid tenant level resource provider.',
    )
  const provider = providers.find((one) => one.namespace.toLowerCase() === namespace.toLowerCase())
  if (!provider)
    return new ArmError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)
  const type = segments
    .join('')
    .split('/')
    .filter((segment, index) => segment !== '' && index % 2 === 1)
    .join('/')
  const versions = new Set(provider.types.flatMap(({ apiVersions }) => apiVersions))
  return new ArmError(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${provider.namespace}' for api version '${url.searchParams.get('api-version') ?? ''}'. The supported api-versions are '${[...versions].join(',')}'.`,
  )
}
