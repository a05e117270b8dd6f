import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aciService } from '../aci/aci-service.ts'
import type { EmulatorOptions, ServiceName } from '../emulator-options.ts'
import { identityOperations, TOKEN_PATH } from '../identity/identity-operations.ts'
import { TokenIssuer } from '../identity/token-issuer.ts'
import { type Certificate, makeCertificate } from '../server/certificate.ts'
import { type Listener, listen } from '../server/listener.ts'
import type { RequestLog } from '../server/request-log.ts'
import type { World } from '../world.ts'
import { armEndpoint } from './arm-endpoint.ts'
import { ArmThrottle } from './arm-limits.ts'
import { type AzureAccount, azureAccount } from './azure-options.ts'
import { cloudMetadataOperations } from './cloud-metadata.ts'
import { ResourceGroupStore } from './resource-group-store.ts'
import { resourceGroupOperations } from './resource-groups.ts'
import { ProviderRegistrations, resourceProviderOperations } from './resource-providers.ts'
import { subscriptionOperations } from './subscriptions.ts'

export interface StartedAzure {
  readonly account: AzureAccount
  readonly endpoints: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Azure: ARM and what stands behind it, with the managed identity that lets clients in. */
export async function startAzure({
  world,
  log,
  services: wanted,
  options,
}: {
  readonly world: World
  readonly log: RequestLog
  readonly services: readonly ServiceName[]
  readonly options: EmulatorOptions
}): Promise<StartedAzure> {
  const account = azureAccount(options.azure)
  const { frontEnd: clock } = world.clocks
  const issuer = new TokenIssuer({
    clock,
    tenantId: account.tenantId,
    lifetimeInMs: account.tokenLifetimeInMs,
  })
  const identitySecret = randomBytes(24).toString('hex').toUpperCase()
  const groups = groupsOf(account)
  const registrations = new ProviderRegistrations(account)
  const services = wanted.includes('aci')
    ? [
        aciService({
          world,
          account,
          resourceGroups: groups,
          dialect: options.dialects?.aci,
          limits: options.limits?.aci,
        }),
      ]
    : []
  let https: Listener | undefined
  const endpoint = armEndpoint({
    account,
    clock,
    issuer,
    groups,
    registrations,
    services,
    throttle: new ArmThrottle(options.limits?.arm, world.time.scale),
    operations: [
      ...subscriptionOperations(account),
      ...resourceGroupOperations({ account, groups, holders: services }),
      ...resourceProviderOperations({
        account,
        registrations,
        providers: services.map(({ provider }) => provider),
      }),
      ...cloudMetadataOperations(account, () => https?.origin),
      ...identityOperations(issuer, identitySecret),
    ],
  })
  const { faults, time, closing } = world
  const parts = { endpoint, faults, log, time, closing, clock, description: world.describe('aci') }
  const port = options.port ?? 0
  const http = await listen(parts, { port })
  const files = (options.tls ?? true) ? await makeFiles().catch(lettingGo(http)) : undefined
  if (files) {
    https = await listen(parts, {
      port: port === 0 ? 0 : port + 1,
      certificate: files.certificate,
    }).catch(lettingGo(http, files))
  }
  const endpoints = { arm: http.origin, ...(https && { 'arm-https': https.origin }) }
  return {
    account,
    endpoints,
    environment: environmentOf({ account, http, https, files, identitySecret }),
    async close() {
      await Promise.all([http.close(), https?.close()])
      await Promise.all(services.map((service) => service.close()))
      await files?.remove()
    },
  }
}

interface Files {
  readonly certificate: Certificate
  /** The command line keeps its state there, so that the user's own is left alone. */
  readonly commandLineState: string
  remove(): Promise<void>
}

async function makeFiles(): Promise<Files> {
  const certificate = await makeCertificate()
  const commandLineState = await mkdtemp(join(tmpdir(), 'berth-emulator-az-'))
  return {
    certificate,
    commandLineState,
    async remove() {
      await certificate.remove()
      await rm(commandLineState, { recursive: true, force: true })
    },
  }
}

/** Lets go of what was opened before something failed. */
function lettingGo(...opened: readonly { close?(): Promise<void>; remove?(): Promise<void> }[]) {
  return async (error: unknown): Promise<never> => {
    for (const one of opened) await (one.close?.() ?? one.remove?.())
    throw error
  }
}

function environmentOf(options: {
  readonly account: AzureAccount
  readonly http: Listener
  readonly https: Listener | undefined
  readonly files: Files | undefined
  readonly identitySecret: string
}): Readonly<Record<string, string>> {
  const { account, http, https, files, identitySecret } = options
  const tokenUrl = `${http.origin}${TOKEN_PATH}`
  const [group] = Object.keys(account.resourceGroups)
  return {
    BERTH_ACI_ENDPOINT: http.origin,
    AZURE_SUBSCRIPTION_ID: account.subscriptions[0] ?? '',
    AZURE_TENANT_ID: account.tenantId,
    // The SDKs' managed identity, of which they are told to use nothing else.
    AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
    IDENTITY_ENDPOINT: tokenUrl,
    IDENTITY_HEADER: identitySecret,
    // The command line's older form of it.
    APPSETTING_WEBSITE_SITE_NAME: 'berth-emulator',
    MSI_ENDPOINT: tokenUrl,
    MSI_SECRET: identitySecret,
    ...(group !== undefined && { AZURE_DEFAULTS_GROUP: group }),
    ...(https &&
      files && {
        // By http: the command line reads this one without REQUESTS_CA_BUNDLE.
        ARM_CLOUD_METADATA_URL: `${http.origin}/metadata/endpoints?api-version=2019-05-01`,
        AZURE_CONFIG_DIR: files.commandLineState,
        REQUESTS_CA_BUNDLE: files.certificate.authorityFile,
        WEBSOCKET_CLIENT_CA_BUNDLE: files.certificate.authorityFile,
        NODE_EXTRA_CA_CERTS: files.certificate.authorityFile,
      }),
  }
}

function groupsOf({ subscriptions, resourceGroups }: AzureAccount): ResourceGroupStore {
  const groups = new ResourceGroupStore()
  for (const [name, location] of Object.entries(resourceGroups)) {
    groups.add({
      subscriptionId: subscriptions[0] ?? '',
      name,
      location,
      tags: undefined,
      provisioningState: 'Succeeded',
    })
  }
  return groups
}
