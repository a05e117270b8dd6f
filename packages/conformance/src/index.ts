export type { ChapterName } from './chapters/index.ts'
export { type ConformanceOptions, runConformance } from './run-conformance.ts'
export {
  type CollectingRunner,
  type CollectingRunnerOptions,
  collectingRunner,
  type TestResult,
} from './runner/collecting-runner.ts'
export type {
  DeclarationOptions,
  DeclareSuite,
  DeclareTest,
  NodeTestLike,
  TestRunner,
  VitestLike,
} from './runner/test-runner.ts'
export type { FullCapabilities, FullSpec } from './scene/full-capabilities.ts'
export type {
  ConformanceWorld,
  CreateProvider,
  ForeignObject,
  HttpServerOptions,
  OtherProcess,
  ProviderOverrides,
  Workload,
  Workloads,
} from './world.ts'
