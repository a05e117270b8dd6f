export type { ContainerArchiveCalls, PathStat } from './container-archive-calls.ts'
export type { ContainerCalls, WaitOptions, WaitResult } from './container-calls.ts'
export type {
  ContainerCreateBody,
  DeviceBody,
  DeviceRequestBody,
  EndpointBody,
  HealthcheckBody,
  HostConfigBody,
  MountBody,
  PortBinding,
  ResourcesBody,
  RestartPolicyBody,
} from './container-create-body.ts'
export type {
  ContainerInspect,
  ContainerState,
  ContainerStats,
  ContainerStatus,
  ContainerSummary,
  CpuStats,
  EndpointSettings,
  HealthResult,
  HealthState,
} from './container-fields.ts'
export type { AttachOptions, ContainerStreamCalls, LogsOptions } from './container-stream-calls.ts'
export type { HelperResult, RunHelper } from './credential-helper.ts'
export { createEngineClient, type EngineClient, type EngineClientOptions } from './engine-client.ts'
export {
  EngineConfigurationError,
  type EngineConfigurationProblem,
  type PlaceLookedAt,
} from './engine-configuration-error.ts'
export {
  type EngineEndpoint,
  type EngineTls,
  isLoopback,
  type SocketEndpoint,
  type TcpEndpoint,
} from './engine-endpoint.ts'
export { EngineError, type EngineErrorDetails } from './engine-error.ts'
export type { EngineEvent } from './engine-event.ts'
export type { CallOptions, EngineBody, EngineFilters, EngineQuery, EngineRequest } from './engine-request.ts'
export type { EngineStream } from './engine-stream.ts'
export { type EngineSurroundings, processSurroundings } from './engine-surroundings.ts'
export type { EngineAnswer, EngineTransport, UpgradedAnswer } from './engine-transport.ts'
export type { ExecCalls, ExecCreateBody, ExecInspect } from './exec-calls.ts'
export { type FindEngineOptions, findEngine } from './find-engine.ts'
export type { HijackedSession } from './hijacked-session.ts'
export type { ImageCalls, ImportOptions, PullOptions } from './image-calls.ts'
export type { DistributionInspect, ImageConfig, ImageInspect, ImageSummary } from './image-fields.ts'
export { type ImageReference, parseImageReference } from './image-reference.ts'
export type { LogEntry } from './log-entry.ts'
export type { Network, NetworkCalls, NetworkCreateBody } from './network-calls.ts'
export { type EnsurePauseImageOptions, ensurePauseImage, pauseImage } from './pause-image.ts'
export type { ImageProgress } from './pull-progress.ts'
export type { RegistryAuth } from './registry-auth.ts'
export { findRegistryCredentials, type RegistryCredentialsOptions } from './registry-credentials.ts'
export type { EngineInfo, EngineVersion, EventsOptions, SystemCalls } from './system-calls.ts'
export type { Volume, VolumeCalls, VolumeCreateBody } from './volume-calls.ts'
