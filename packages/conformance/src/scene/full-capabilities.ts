import type {
  AnyProvider,
  Capabilities,
  ContainerRun,
  ContainerSpec,
  ExecGrade,
  FilesGrade,
  LogsGrade,
  Provider,
  VolumeKind,
} from '@berth/core'

/**
 * Every feature there is: the suite writes its tests against these, and runs each test only where the provider's real capabilities hold
 * what it needs.
 */
export interface FullCapabilities extends Capabilities {
  readonly volumes: readonly VolumeKind[]
  readonly files: FilesGrade
  readonly sidecars: true
  readonly initContainers: true
  readonly health: true
  readonly user: true
  readonly publish: true
  readonly registry: true
  readonly gpu: true
  readonly spot: true
  readonly regions: true
  readonly secretRef: true
  readonly logs: LogsGrade
  readonly exec: ExecGrade & { readonly stdin: true; readonly tty: true }
  readonly attach: NonNullable<Capabilities['attach']>
  readonly portForward: true
  readonly copy: true
  readonly restartRun: true
  readonly metrics: true
}

export type FullProvider = Provider<FullCapabilities>
export type FullRun = ContainerRun<FullCapabilities>
export type FullSpec = ContainerSpec<FullCapabilities>

/** A provider seen as one of every feature; what it lacks is tested for its refusal, and not used otherwise. */
export function asFull(provider: AnyProvider): FullProvider {
  return provider as unknown as FullProvider
}
