import type { ContainerInstanceManagementClient } from '@azure/arm-containerinstance'
import type { TokenCredential } from '@azure/core-auth'
import { ArmClient } from './arm-client.ts'
import { CachedCredential } from './cached-credential.ts'
import { loopbackTokenPolicy } from './loopback-token-policy.ts'
import { observeAnswersPolicy } from './observe-answers-policy.ts'

export interface ArmSettings {
  readonly endpoint: string
  /** What tokens are made out to. */
  readonly audience: string
  readonly authorityHost: string
  readonly subscription: string
  readonly apiVersion: string
  /** Default: the chain of `DefaultAzureCredential`. */
  readonly credential: TokenCredential | undefined
}

/** Loads the SDK and makes its client. Calls nobody. */
export async function connectArm(settings: ArmSettings): Promise<ArmClient> {
  const { endpoint, audience, authorityHost, subscription, apiVersion } = settings
  const [sdk, pipeline, own] = await Promise.all([
    import('@azure/arm-containerinstance'),
    import('@azure/core-rest-pipeline'),
    settings.credential ?? defaultCredential(authorityHost),
  ])
  const credential = new CachedCredential(own)
  const scope = `${audience}/.default`
  const client: ContainerInstanceManagementClient = new sdk.ContainerInstanceManagementClient(
    credential,
    subscription,
    {
      endpoint,
      credentialScopes: [scope],
      // What is repeated, how often and when is decided for every cloud alike, and each attempt counts against a budget.
      retryOptions: { maxRetries: 0 },
      allowInsecureConnection: endpoint.startsWith('http:'),
    },
  )
  if (endpoint.startsWith('http:')) {
    client.pipeline.removePolicy({ name: pipeline.bearerTokenAuthenticationPolicyName })
    client.pipeline.addPolicy(loopbackTokenPolicy(credential, scope), { phase: 'Sign' })
  }
  client.pipeline.addPolicy(observeAnswersPolicy, { afterPhase: 'Sign' })
  return new ArmClient({
    client,
    createRequest: pipeline.createPipelineRequest,
    credential,
    scope,
    endpoint,
    apiVersion,
  })
}

async function defaultCredential(authorityHost: string): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity')
  return new DefaultAzureCredential({ authorityHost })
}
