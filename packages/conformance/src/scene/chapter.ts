import type { Capabilities } from '@berth/core'
import type { ConformanceWorld } from '../world.ts'
import type { Scene } from './scene.ts'

/** One promise of the contract, and how it is put to the test. */
export interface ContractTest {
  /** The promise, in words that could stand in the contract. */
  readonly name: string
  /** Generous: it guards against hanging, and measures nothing. */
  readonly timeoutInMs: number
  readonly body: (scene: Scene) => Promise<void>
}

/** Promises that belong together. */
interface Chapter {
  readonly title: string
  /** Whether its tests may run beside each other. False where they look at all runs of the account, or load the machine. */
  readonly concurrent: boolean
  readonly tests: readonly ContractTest[]
}

/** What is known before any test runs: which promises the provider makes. */
interface Setting {
  readonly capabilities: Capabilities
  readonly world: ConformanceWorld
}

/** Writes a chapter for a provider of these capabilities. */
export type WriteChapter = (setting: Setting) => Chapter

/** A promise. Default timeout: one minute. */
export function promise(
  name: string,
  body: (scene: Scene) => Promise<void>,
  { timeoutInMs = 60_000 }: { readonly timeoutInMs?: number } = {},
): ContractTest {
  return { name, timeoutInMs, body }
}

/** Promises that are made only where the capabilities say so; their absence is held to its refusal elsewhere. */
export function where(condition: unknown, ...tests: readonly ContractTest[]): readonly ContractTest[] {
  return condition ? tests : []
}
