import type { EmulatedClocks } from './clock/emulated-clocks.ts'
import type { ServiceName } from './emulator-options.ts'
import type { FaultRule } from './fault/fault-rule.ts'
import type { LoggedRequest } from './server/request-log.ts'

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /**
   * Every variable that points clients at it: official SDKs, command lines and Berth itself. It holds the secrets of the managed identity and
   * of the access key, so do not log it; that of the cluster stands in the file KUBECONFIG.
   */
  readonly environment: Readonly<Record<string, string>>
  /** Where it listens, by name: `arm`, `arm-https`, `aws`, `kubernetes`, `google`, `google-grpc`. */
  readonly endpoints: Readonly<Record<string, string>>
  readonly seed: number
  /** Where containers run. */
  readonly backend: { readonly kind: 'docker' | 'process' | 'none'; readonly addressing: string }
  /**
   * How it emulates, for reports: `recorded profile (2018-2021, n = 2 to 8), 10 times faster, containers on docker`; where several services
   * are emulated, what is known of each.
   */
  readonly description: string
  /** The clocks of the emulated machines, which can be set while it runs. */
  readonly clocks: EmulatedClocks
  /** The Azure account that is emulated. */
  readonly azure: { readonly tenantId: string; readonly subscriptions: readonly string[] }
  /** The AWS account that is emulated, where one of its services is. */
  readonly aws?: { readonly accountId: string; readonly region: string } | undefined
  /** The Google project that is emulated, where GKE is. */
  readonly google?:
    | { readonly project: string; readonly location: string; readonly clusters: readonly string[] }
    | undefined
  /** The same for one service alone. Every answer of it says so too, in the header `berth-emulator`. */
  describeService(service: ServiceName): string
  /** What the profile makes of a start, for reports: `recorded 2018-2019 (alpine), n = 8`. */
  describeStart(service: string, image: string): string
  /** Adds a rule to those in force. @throws TypeError, RangeError */
  addFault(rule: FaultRule): void
  /** Forgets every rule. */
  clearFaults(): void
  /** The last requests that arrived, oldest first: at most 10 000. */
  requests(): readonly LoggedRequest[]
  /** Stops listening, ends and removes everything that it runs. Idempotent. */
  close(): Promise<void>
}
