/**
 * The low-level runner of `@berth/process`: a small catalogue of built-in images as child processes. It knows nothing
 * of the rest of Berth. There is no isolation: what runs, runs on this machine as this user.
 */
export { type CatalogueImage, catalogue, findImage } from './catalogue.ts'
export { nowInUs } from './clock.ts'
export type { ExecuteOptions, Execution, ExecutionResult } from './execute.ts'
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
export {
  type GroupChoice,
  type ProcessRunner,
  type ProcessRunnerOptions,
  processRunner,
} from './process-runner.ts'
export type { LogOptions } from './read-logs.ts'
export type { RemoveOptions } from './remove-group.ts'
export { resolveInRoot } from './resolve-in-root.ts'
export { RunnerError, type RunnerErrorCode } from './runner-error.ts'
export { defaultStateDirectory } from './state-directory.ts'
export type { StopOptions } from './stop-group.ts'
export type { GroupChange } from './watch-groups.ts'
