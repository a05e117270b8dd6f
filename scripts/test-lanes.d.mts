export const LANES: {
  readonly engine: readonly string[]
  readonly processes: readonly string[]
}
