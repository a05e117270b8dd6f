import type { Capabilities } from '@berth/core'
import type { AciNativeOptions } from './aci-native-options.ts'

/** What Azure Container Instances can do. */
export const aciCapabilities = {
  name: 'aci',

  architecture: ['amd64'],
  restart: ['never', 'on-failure', 'always'],
  expose: ['public', 'private'],
  volumes: ['empty', 'secret', 'git-repo', 'azure-file'],
  // They travel in the creating request, of which the Resource Manager takes 4 MB.
  files: { secret: true, maxBytes: 1024 * 1024 },
  sidecars: true,
  initContainers: true,
  registry: true,
  spot: true,
  regions: true,

  // The service keeps the last 4 MB of a running container and the last 16 KB of one that has ended: a burst between two questions is lost.
  logs: { follow: 'lossy', streams: 'merged', bytes: 'text', times: true, previous: false },
  exec: { exitCode: 'sentinel', stderr: 'merged', stdin: true, tty: true },
  attach: { stderr: 'merged', stdin: false, tty: false },
  restartRun: true,

  ports: 'same',
  maxLifetime: 'sweep',
  exitCode: 'native',
  groupNetwork: 'localhost',
} as const satisfies Capabilities

/** The capabilities as a type, with that of `spec.options.aci`. */
export type AciCapabilities = typeof aciCapabilities & { readonly native?: AciNativeOptions }
