import type { AciDialect } from './aci/aci-dialect.ts'
import type { AciLimits } from './aci/aci-limits.ts'
import type { ArmLimits } from './arm/arm-limits.ts'
import type { AzureOptions } from './arm/azure-options.ts'
import type { AwsOptions } from './aws/aws-options.ts'
import type { Backend } from './backend/backend.ts'
import type { ClockSettings } from './clock/emulated-clocks.ts'
import type { LogsDialect } from './cloudwatch-logs/logs-dialect.ts'
import type { LogsLimits } from './cloudwatch-logs/logs-limits.ts'
import type { Ec2Limits } from './ec2/ec2-limits.ts'
import type { EcsDialect } from './ecs/ecs-dialect.ts'
import type { EcsLimits } from './ecs/ecs-limits.ts'
import type { FaultRule } from './fault/fault-rule.ts'
import type { GoogleOptions } from './google/google-options.ts'
import type { KubernetesDialect } from './kubernetes/kubernetes-dialect.ts'
import type { KubernetesOptions } from './kubernetes/kubernetes-options.ts'
import type { ProfileChoice } from './profile/choose-profile.ts'

/** The services that can be emulated. */
export const SERVICE_NAMES = ['aci', 'ecs', 'kubernetes', 'gke'] as const

export type ServiceName = (typeof SERVICE_NAMES)[number]

/** What to emulate and how. Everything has a default. */
export interface EmulatorOptions {
  /** Default: all. */
  readonly services?: readonly ServiceName[] | undefined
  /**
   * Where containers really run. `docker`: the local engine; `process`: a small catalogue of programs as child processes; `none`: nowhere, state
   * only; `auto` (default): docker where an engine answers, else process. Or a backend of your own, which the emulator then closes.
   */
  readonly backend?: 'auto' | 'docker' | 'process' | 'none' | Backend | undefined
  /**
   * Whatever the backend makes is known by this name, so that an emulator of the same name removes what one that was killed left behind. Lower-case
   * letters, digits and hyphens, at most 30. Default `berth`.
   */
  readonly name?: string | undefined
  /** How long a start takes: `instant` (default) as long as it really takes here, `recorded` as was recorded of the cloud, or your own durations. */
  readonly profile?: ProfileChoice | undefined
  /** Emulated durations are divided by it: with 10, a recorded start of 20 s takes 2 s. Instants stay real. Default 1. */
  readonly timeScale?: number | undefined
  /** The same seed draws the same durations and faults. Default: random; `Emulator.seed` tells it. */
  readonly seed?: number | undefined
  /** How the clocks of the cloud's machines differ from this one's. Default: not at all. */
  readonly clocks?: ClockSettings | undefined
  /** What shall go wrong, from the start. Default: nothing. */
  readonly faults?: readonly FaultRule[] | undefined
  /** What the clouds are not known to do one way or the other, chosen. Defaults: docs/emulator.md. */
  readonly dialects?:
    | {
        readonly aci?: Partial<AciDialect> | undefined
        readonly ecs?: Partial<EcsDialect> | undefined
        readonly logs?: Partial<LogsDialect> | undefined
        readonly kubernetes?: Partial<KubernetesDialect> | undefined
      }
    | undefined
  /** The services' limits, raised or lowered. Defaults: the real ones. */
  readonly limits?:
    | {
        readonly arm?: Partial<ArmLimits> | undefined
        readonly aci?: Partial<AciLimits> | undefined
        readonly ecs?: Partial<EcsLimits> | undefined
        readonly ec2?: Partial<Ec2Limits> | undefined
        readonly logs?: Partial<LogsLimits> | undefined
      }
    | undefined
  /** The Azure account. */
  readonly azure?: AzureOptions | undefined
  /** The AWS account. */
  readonly aws?: AwsOptions | undefined
  /** The Kubernetes cluster. */
  readonly kubernetes?: KubernetesOptions | undefined
  /** The Google project, and its clusters. */
  readonly google?: GoogleOptions | undefined
  /**
   * The first port: ARM listens on it by http, and on the next one by https; AWS by http on the one after, Kubernetes by https on the next, Google by
   * REST and by gRPC on the two after that. Default 0: any free ones.
   */
  readonly port?: number | undefined
  /** Whether to listen by https as well; Azure's command line insists on it. Default true. */
  readonly tls?: boolean | undefined
}
