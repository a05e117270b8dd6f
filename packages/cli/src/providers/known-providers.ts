import type { AnyProvider } from '@berth/core'

/** A provider that needs no configuration file: its cloud's own conventions say all it has to know. */
export interface KnownProvider {
  readonly name: string
  readonly packageName: string
  readonly description: string
  /** Loads the adapter, and only then. */
  open(): Promise<AnyProvider>
}

/** The adapters that come with the command, in the order in which a run without `--on` prefers them. */
export const knownProviders: readonly KnownProvider[] = [
  {
    name: 'docker',
    packageName: '@berth/docker',
    description: 'the local Docker or Podman engine (DOCKER_HOST, docker contexts)',
    open: async () => (await import('@berth/docker')).docker(),
  },
  {
    name: 'process',
    packageName: '@berth/process',
    description: 'no engine: a small catalogue of images run as child processes',
    open: async () => (await import('@berth/process')).embedded(),
  },
]
