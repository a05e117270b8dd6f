import type { BerthErrorCode } from '@berth/core'
import type { ArmError } from './arm/arm-error.ts'

/** What a failure means, and what to do about it. */
export interface Meaning {
  readonly code: BerthErrorCode
  readonly advice?: string | undefined
  readonly retryable?: boolean | undefined
  readonly retryAfterInMs?: number | undefined
}

/** What a failed call was about, for the message. */
export interface AciSubject {
  /** The run: `web-1a2b`. */
  readonly ref?: string | undefined
  readonly image?: string | undefined
  readonly location?: string | undefined
  readonly resourceGroup?: string | undefined
}

/** The service wants at least this between two tries at a group that changes. */
const TRANSITION_IN_MS = 10_000
/** A fresh identity is known everywhere only after minutes. */
const IDENTITY_SPREADS_IN_MS = 30_000

export const CAPACITY_ADVICE =
  'try again later, ask for less cpu and memory, leave zones out, or name other regions: regions: [...]'
const REGISTRY_ADVICE = "correct the image's name or tag, or give its registry's credentials: registry: {...}"

type Say = (text: string, subject: AciSubject) => Meaning

/** By the service's own code. */
const MEANINGS: Readonly<Record<string, Say>> = {
  ServiceUnavailable: (text) =>
    /not available in the location/i.test(text)
      ? { code: 'capacity', advice: CAPACITY_ADVICE }
      : /quota/i.test(text)
        ? // Seen where many are asked for at once: one after the other they are taken.
          { code: 'rate-limited', retryAfterInMs: TRANSITION_IN_MS }
        : { code: 'unavailable' },
  InsufficientCapacity: () => ({ code: 'capacity', advice: CAPACITY_ADVICE }),
  ContainerGroupQuotaReached: () => ({
    code: 'quota',
    advice:
      'remove runs that are no longer needed (berth sweep), name another region, or ask for a higher quota in the portal under Quotas',
  }),
  ContainerGroupTransitioning: () => ({
    code: 'conflict',
    retryable: true,
    retryAfterInMs: TRANSITION_IN_MS,
    advice: 'the group is just being changed; try again in a while',
  }),
  RegistryErrorResponse: () => ({
    code: 'image-pull',
    retryable: true,
    advice:
      'the registry refused to answer, mostly because of its limit for anonymous pulls; give its credentials (registry: {...}), or copy the image into a registry of your own (az acr import)',
  }),
  InaccessibleImage: () => ({ code: 'image-pull', advice: REGISTRY_ADVICE }),
  ImageOsTypeNotMatchContainerGroup: () => ({
    code: 'invalid-spec',
    advice: 'aci runs linux/amd64 only; build the image for it: docker build --platform linux/amd64',
  }),
  MoreImageRegistryCredentialsThanContainers: () => ({
    code: 'invalid-spec',
    advice: 'leave out credentials of registries that no image comes from',
  }),
  ContainerLimitGreaterThanContainerGroupTotalRequest: () => ({
    code: 'invalid-spec',
    advice: 'ask for less cpu or memory',
  }),
  OsVersionNotSupported: () => ({ code: 'invalid-spec', advice: 'choose an image for Linux on amd64' }),
  DnsNameLabelNotAvailable: () => ({
    code: 'conflict',
    advice: "choose another options.aci.dnsLabel, or add dnsLabelScope: 'TenantReuse' to make it unique",
  }),
  MissingSubscriptionRegistration: () => ({
    code: 'permission',
    advice: 'register it once: az provider register --namespace Microsoft.ContainerInstance --wait',
  }),
  ResourceGroupNotFound: (_text, { resourceGroup = '<name>', location = '<region>' }) => ({
    code: 'not-found',
    advice: `create it: az group create --name ${resourceGroup} --location ${location}`,
  }),
  ResourceNotFound: () => ({ code: 'not-found' }),
  ContainerGroupNotFound: () => ({ code: 'not-found' }),
  SubscriptionNotFound: () => ({
    code: 'not-found',
    advice:
      'choose one that this account has: az account list, then AZURE_SUBSCRIPTION_ID or az account set --subscription <id>',
  }),
  InvalidSubscriptionId: () => ({
    code: 'invalid-spec',
    advice:
      "a subscription's id looks like 00000000-0000-0000-0000-000000000000; az account list tells yours",
  }),
  LocationNotAvailableForResourceType: () => ({
    code: 'invalid-spec',
    advice:
      'name a region that has container instances: az provider show --namespace Microsoft.ContainerInstance',
  }),
  AuthorizationFailed: () => ({
    code: 'permission',
    advice:
      'give this account the role in docs/providers/aci.md, or Contributor, on the resource group: az role assignment create',
  }),
  LinkedAuthorizationFailed: () => ({
    code: 'permission',
    advice:
      'this account may not use a resource that the run refers to (a subnet, an identity); give it a role there too',
  }),
  RequestDisallowedByPolicy: () => ({
    code: 'permission',
    advice: 'a policy of the account forbids it; its owner can tell which regions, names or tags it demands',
  }),
  PrincipalNotFound: () => ({
    code: 'unavailable',
    retryAfterInMs: IDENTITY_SPREADS_IN_MS,
    advice: 'a new identity takes some minutes to be known everywhere',
  }),
  InvalidAuthenticationToken: () => SIGN_IN,
  ExpiredAuthenticationToken: () => SIGN_IN,
  AuthenticationFailed: () => SIGN_IN,
  InvalidAuthenticationTokenTenant: () => ({
    code: 'authentication',
    advice:
      "the account belongs to another tenant than the subscription: az login --tenant <the subscription's>",
  }),
  InternalServerError: () => ({ code: 'unavailable' }),
}

const SIGN_IN: Meaning = {
  code: 'authentication',
  advice: 'sign in again: az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET',
}

/** What a refused or broken call means. */
export function meaningOf(error: ArmError, subject: AciSubject): Meaning {
  if (error.status === undefined) return { code: 'unavailable', advice: connectionAdvice(error.code) }
  const say = MEANINGS[plainCode(error.code)]
  const own = say?.(error.message, subject)
  if (own !== undefined) return { ...own, retryAfterInMs: error.retryAfterInMs ?? own.retryAfterInMs }
  if (error.status === 401) return SIGN_IN
  return { code: codeOfStatus(error.status), retryAfterInMs: error.retryAfterInMs }
}

/** Whether the code alone says that a place was not found. */
export function isCapacityCode(code: string | undefined): boolean {
  return plainCode(code) === 'InsufficientCapacity'
}

/** Some codes are written with a full stop at their end. */
function plainCode(code: string | undefined): string {
  return (code ?? '').replace(/\W+$/, '')
}

function connectionAdvice(code: string | undefined): string {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'is the endpoint right (BERTH_ACI_ENDPOINT), and is there a way to it from here?'
    default:
      return 'the connection broke; is there a way to it from here?'
  }
}

function codeOfStatus(status: number): BerthErrorCode {
  switch (status) {
    case 400:
    case 413:
    case 422:
      return 'invalid-spec'
    case 403:
      return 'permission'
    case 404:
      return 'not-found'
    case 409:
    case 412:
      return 'conflict'
    case 429:
      return 'rate-limited'
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
      return 'unavailable'
    case 501:
      return 'unsupported'
    default:
      return 'internal'
  }
}
