/** The options that say what to run, as commander reads them: `run` and `time` share them. */
export interface ContainerFlags {
  readonly publish: readonly string[]
  readonly env: readonly string[]
  /**
   * Node.js looks for this option among a script's arguments too: it ends with 9 where the file is missing, and follows a NODE_OPTIONS in it.
   * `envFrom` is the same under a name that it leaves alone.
   */
  readonly envFile: readonly string[]
  readonly envFrom: readonly string[]
  readonly secret: readonly string[]
  readonly file: readonly string[]
  readonly volume: readonly string[]
  readonly label: readonly string[]
  readonly entrypoint?: string | undefined
  readonly workdir?: string | undefined
  readonly user?: string | undefined
  readonly cpu?: string | undefined
  readonly memory?: string | undefined
  readonly arch?: string | undefined
  readonly name?: string | undefined
  readonly ready?: string | undefined
}
