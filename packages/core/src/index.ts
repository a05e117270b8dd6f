export { delay } from './call/delay.ts'
export { growingPauses } from './call/growing-pauses.ts'
export { type Heard, type HeardAnswer, hearAnswers, tellAnswer } from './call/hear-answers.ts'
export { NEVER_ABORTED } from './call/never-aborted.ts'
export { untilAborted } from './call/until-aborted.ts'
export { looked } from './check/looked.ts'
export type {
  Adapter,
  AdapterDefinition,
  AdapterVerb,
  AttachOptions,
  BucketLimit,
  CallContext,
  CreateContext,
  Created,
  ExecOptions,
  FindQuery,
  Found,
  LeaseTerms,
  Pacing,
  PricedPlan,
  RateLimit,
  Renewal,
  Renewed,
  WatchMessage,
  WindowLimit,
} from './contract/adapter.ts'
export type { Address } from './contract/address.ts'
export type {
  Architecture,
  AttachGrade,
  Capabilities,
  ExecGrade,
  Exposure,
  FilesGrade,
  LogsGrade,
  RestartPolicy,
  VolumeKind,
} from './contract/capabilities.ts'
export type {
  AnyCapabilities,
  Common,
  FeatureFields,
  Has,
  Lacking,
  OptionsFields,
  Unsupported,
  Yes,
} from './contract/capability-types.ts'
export type { CheckItem, CheckReport } from './contract/check-report.ts'
export type {
  BaseRun,
  CallOptions,
  ContainerRun,
  ExecCallOptions,
  ProviderRunWith,
  RunChange,
  RunFeature,
  RunFeatures,
  RunMethods,
  RunState,
  WaitOptions,
} from './contract/container-run.ts'
export type {
  BaseSpec,
  ContainerPart,
  ContainerSpec,
  FileSpec,
  InitContainerSpec,
  Memory,
  Mount,
  PartFeatures,
  PortSpec,
  RegistryCredentials,
  Sealed,
  SidecarSpec,
  SpecFeatures,
  UnknownFields,
  VolumeSpec,
} from './contract/container-spec.ts'
export type { Cost, RateItem, RateTable } from './contract/cost.ts'
export { type Duration, durationInMs } from './contract/duration.ts'
export type {
  ClockDeclaration,
  DateSample,
  Evidence,
  Instant,
  SightingEvidence,
  StampEvidence,
} from './contract/evidence.ts'
export type {
  GroupPlan,
  OwnershipTags,
  PlannedContainer,
  PlannedFile,
  PlannedMount,
  PlannedPort,
} from './contract/group-plan.ts'
export type { Lifetime } from './contract/lifetime.ts'
export type { LogLine, LogQuery } from './contract/log.ts'
export { MARKS, type Mark } from './contract/mark.ts'
export type { Metrics } from './contract/metrics.ts'
export type { CloudEvent, ContainerObservation, Observation, Termination } from './contract/observation.ts'
export type {
  AllProbe,
  AnyProbe,
  ExecProbe,
  ExitedProbe,
  HealthCheck,
  HealthProbe,
  HttpProbe,
  LogProbe,
  Probe,
  StartedProbe,
  TcpProbe,
} from './contract/probe.ts'
export type { Progress } from './contract/progress.ts'
export type {
  AnyProvider,
  CapabilitiesOf,
  Provider,
  ProviderWith,
  RunOptions,
  SweepOptions,
  SweepReport,
  SweptRun,
} from './contract/provider.ts'
export type { ExecResult, Session, SessionExit, Tunnel } from './contract/session.ts'
export type { SetupItem, SetupReport } from './contract/setup-report.ts'
export type {
  Timeline,
  TimelineClock,
  TimelineJson,
  TimelineMark,
  TimelinePhase,
  TimelineSpan,
} from './contract/timeline.ts'
export {
  type Attempt,
  BerthError,
  type BerthErrorCode,
  type BerthErrorOptions,
  type ErrorEvidence,
} from './errors/berth-error.ts'
export { isNeverSent } from './errors/is-never-sent.ts'
export { readOwnershipTags } from './lease/read-ownership-tags.ts'
export { LineSplitter, type LogChunk } from './log/line-splitter.ts'
export { mergeAsTheyCome } from './log/merge-as-they-come.ts'
export { mergeByTime } from './log/merge-by-time.ts'
export { defineProvider, type ProviderOptions } from './provider/define-provider.ts'
export { planGroup } from './provider/plan-group.ts'
export { all, any, exec, exited, health, http, log, started, tcp } from './readiness/probes.ts'
export { redact } from './secrets/redact.ts'
export {
  isSecret,
  isSecretRef,
  REDACTED,
  reveal,
  type Secret,
  type SecretRef,
  secret,
  secretRef,
} from './secrets/secret.ts'
export { openShellSession, type ShellSessionOptions } from './session/open-shell-session.ts'
export { quoteWord } from './session/quote-word.ts'
export type { ShellCommand } from './session/shell-script.ts'
export { type OpeningSocket, untilOpen } from './session/until-open.ts'
export { containerSpec } from './spec/container-spec.ts'
export { defaultProbe, type Probed } from './spec/default-probe.ts'
export { type ImageReference, parseImageReference } from './spec/parse-image-reference.ts'
export type { PlanContext } from './spec/plan-context.ts'
export { type OptionForm, refuseWrongOptions } from './spec/refuse-wrong-options.ts'
