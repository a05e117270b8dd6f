import type { Capabilities } from '@berth/core'
import type { DockerNativeOptions } from './docker-native-options.ts'

/** What a Docker or Podman engine can do. */
export const dockerCapabilities = {
  name: 'docker',

  architecture: ['amd64', 'arm64'],
  restart: ['never', 'on-failure', 'always'],
  expose: ['local', 'private', 'public'],
  volumes: ['empty', 'named', 'host'],
  // They are copied into the container's own file system before it starts, so that size is a matter of its disk and our memory.
  files: { secret: true, maxBytes: 256 * 1024 * 1024 },
  sidecars: true,
  initContainers: true,
  health: true,
  user: true,
  publish: true,
  registry: true,

  logs: { follow: 'native', streams: 'separate', bytes: 'text', times: true, previous: false },
  exec: { exitCode: 'native', stderr: 'separate', stdin: true, tty: true },
  // A container's own stdin is closed: programs that read it would otherwise wait for somebody to attach.
  attach: { stderr: 'separate', stdin: false, tty: false },
  portForward: true,
  copy: true,
  restartRun: true,
  metrics: true,

  ports: 'mapped',
  maxLifetime: 'sweep',
  exitCode: 'native',
  groupNetwork: 'localhost',
} as const satisfies Capabilities

/** The capabilities as a type, with that of `spec.options.docker`. */
export type DockerCapabilities = typeof dockerCapabilities & { readonly native?: DockerNativeOptions }
