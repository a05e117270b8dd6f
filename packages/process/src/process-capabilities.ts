import type { Capabilities } from '@berth/core'

/** What child processes of this machine can stand for. */
export const processCapabilities = {
  name: 'process',
  architecture: ['amd64', 'arm64'],
  restart: ['never', 'on-failure', 'always'],
  expose: ['local'],
  volumes: ['empty'],
  files: { secret: true, maxBytes: 100 * 1024 * 1024 },
  sidecars: true,
  initContainers: true,
  publish: true,
  logs: { follow: 'native', streams: 'separate', bytes: 'exact', times: true, previous: true },
  exec: { exitCode: 'native', stderr: 'separate', stdin: true, tty: false },
  portForward: true,
  copy: true,
  restartRun: true,
  ports: 'mapped',
  maxLifetime: 'native',
  exitCode: 'native',
  groupNetwork: 'mapped',
} as const satisfies Capabilities

type Data = typeof processCapabilities
export interface ProcessCapabilities extends Data {}
