/**
 * The low-level runner of `@berth/process`: a small catalogue of built-in images as child processes. It knows nothing
 * of the rest of Berth. There is no isolation: what runs, runs on this machine as this user.
 */
export type { AttachOptions } from './attach.ts'
export { type CatalogueImage, catalogue, findImage } from './catalogue.ts'
export { nowInUs } from './clock.ts'
export type { ExecuteOptions, Execution, ExecutionResult } from './execute.ts'
export type { FollowOptions } from './follow-group.ts'
export type { ContainerState, GroupEvent, MappedPort, Termination } from './group-record.ts'
export type { ContainerSnapshot, GroupSnapshot } from './group-snapshot.ts'
export type {
  FileSpec,
  GroupContainerSpec,
  GroupSpec,
  MountSpec,
  PortSpec,
  RestartPolicy,
} from './group-spec.ts'
export type { LogRecord } from './log-format.ts'
export { identifySelf, isAlive, type ProcessIdentity } from './process-identity.ts'
export {
  type GroupChoice,
  type ProcessRunner,
  type ProcessRunnerOptions,
  processRunner,
} from './process-runner.ts'
export type { LogOptions } from './read-logs.ts'
export type { RemoveOptions } from './remove-group.ts'
export { type PortReservation, reservePort } from './reserve-port.ts'
export { resolveInRoot } from './resolve-in-root.ts'
export { RunnerError, type RunnerErrorCode } from './runner-error.ts'
export { defaultStateDirectory, makePrivateDirectory } from './state-directory.ts'
export type { StopOptions } from './stop-group.ts'
export type { GroupChange } from './watch-groups.ts'
