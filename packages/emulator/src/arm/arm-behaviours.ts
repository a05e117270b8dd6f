import type { Behaviour } from '../provenance/behaviour.ts'

const base = { service: 'arm' } as const
const CLI_RECORDINGS = "recordings of the Azure CLI's container tests"

/** What Azure Resource Manager and the managed identity do. */
export const ARM_BEHAVIOURS: readonly Behaviour[] = [
  {
    ...base,
    what: 'resource groups: bodies, 201 and 200, 202 with Location on DELETE',
    provenance: 'recorded',
    source: CLI_RECORDINGS,
    date: '2018-2019',
  },
  {
    ...base,
    what: 'headers of every answer: Cache-Control, Pragma, Expires, Strict-Transport-Security, X-Content-Type-Options',
    provenance: 'recorded',
    source: CLI_RECORDINGS,
    date: '2018-2019',
  },
  {
    ...base,
    what: '401 without a token, with an expired one, or one of another tenant or audience: codes and messages',
    provenance: 'reported',
    source: 'issues of Terraform and the SDKs',
    date: '2019-2023',
  },
  {
    ...base,
    what: 'WWW-Authenticate of a 401',
    provenance: 'documented',
    source: "the SDKs' challenge handling",
    date: '2023',
  },
  {
    ...base,
    what: 'an unknown api-version of a type: 400 NoRegisteredProviderFound with versions and regions',
    provenance: 'reported',
    source: 'issues of Azure CLI and PowerShell',
    date: '2016-2024',
  },
  {
    ...base,
    what: 'no api-version: 400 MissingApiVersionParameter; an unknown type: 404 InvalidResourceType',
    provenance: 'documented',
    source: "Azure's troubleshooting pages",
    date: '2024',
  },
  {
    ...base,
    what: 'a method that a path does not have: 405 MethodNotAllowed',
    provenance: 'assumed',
    source: '',
  },
  {
    ...base,
    what: '409 MissingSubscriptionRegistration; registering takes effect at once',
    provenance: 'documented',
    source: "Azure's troubleshooting pages; how long registering takes is assumed",
    date: '2024',
    changedBy: 'azure.registered',
  },
  {
    ...base,
    what: 'buckets of 250 reads, 200 writes and 200 deletes, filled by 25, 10 and 10 a second, for each subscription; remaining-headers',
    provenance: 'documented',
    source: "Azure's page on throttling",
    date: '2024',
    changedBy: 'limits.arm',
  },
  {
    ...base,
    what: 'managed identity of App Service, api-versions 2019-08-01 and 2017-09-01',
    provenance: 'documented',
    source: 'App Service documentation; msrestazure and @azure/identity take it',
    date: '2023-2026',
  },
  {
    ...base,
    what: 'errors of the managed identity: 400 and 401 with statusCode and message',
    provenance: 'assumed',
    source: '',
  },
  {
    ...base,
    what: 'tokens are good for 24 h, and for ARM whether meant for Azure or for the endpoint itself',
    provenance: 'documented',
    source: 'App Service documentation; the second audience is for clients of another endpoint',
    date: '2023',
    changedBy: 'azure.tokenLifetimeInMs',
  },
  {
    ...base,
    what: 'cloud metadata for ARM_CLOUD_METADATA_URL',
    provenance: 'documented',
    source: 'azure-cli 2.45, which takes it',
    date: '2023',
  },
]
