import type { Capabilities } from '@berth/core'
import type { KubernetesNativeOptions } from './kubernetes-native-options.ts'

/** What a Kubernetes cluster can do. */
export const kubernetesCapabilities = {
  name: 'kubernetes',

  architecture: ['amd64', 'arm64'],
  restart: ['never', 'on-failure', 'always'],
  expose: ['private', 'public', 'local'],
  volumes: ['empty', 'host', 'secret', 'config-map', 'persistent-volume-claim'],
  // They travel in one Secret, which holds a megabyte.
  files: { secret: true, maxBytes: 1024 * 1024 },
  sidecars: true,
  initContainers: true,
  health: true,
  registry: true,
  spot: true,
  secretRef: true,

  // The API hands both streams over as one. Nodes whose runtime is Docker write what is no UTF-8 as U+FFFD; others keep it.
  logs: { follow: 'native', streams: 'merged', bytes: 'text', times: true, previous: true },
  exec: { exitCode: 'native', stderr: 'separate', stdin: true, tty: true },
  // A container's own stdin is closed: programs that read it would otherwise wait for somebody to attach.
  attach: { stderr: 'separate', stdin: false, tty: false },
  portForward: true,
  copy: true,

  ports: 'same',
  maxLifetime: 'native',
  exitCode: 'native',
  groupNetwork: 'localhost',
} as const satisfies Capabilities

/** The capabilities as a type, with that of `spec.options.kubernetes`. */
export type KubernetesCapabilities = typeof kubernetesCapabilities & {
  readonly native?: KubernetesNativeOptions
}
