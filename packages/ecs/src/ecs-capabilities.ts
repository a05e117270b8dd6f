import type { Capabilities } from '@berth/core'
import type { EcsNativeOptions } from './ecs-native-options.ts'

/** What ECS on Fargate can do. */
export const ecsCapabilities = {
  name: 'ecs',

  architecture: ['amd64', 'arm64'],
  restart: ['never'],
  expose: ['public', 'private'],
  volumes: ['empty', 'efs', 'ebs'],
  sidecars: true,
  initContainers: true,
  health: true,
  user: true,
  spot: true,
  secretRef: true,
  // Whoever may describe a task definition reads the variables in it.
  secretEnv: 'reference',

  // The service takes no empty event, so its log driver sends none.
  logs: {
    follow: 'polled',
    streams: 'merged',
    bytes: 'text',
    emptyLines: 'dropped',
    times: true,
    previous: false,
  },
  // The agent runs commands as root.
  exec: { exitCode: 'sentinel', stderr: 'merged', stdin: true, tty: true, user: false },

  ports: 'same',
  maxLifetime: 'sweep',
  exitCode: 'native',
  groupNetwork: 'localhost',
} as const satisfies Capabilities

/** The capabilities as a type, with that of `spec.options.ecs`. */
export type EcsCapabilities = typeof ecsCapabilities & { readonly native?: EcsNativeOptions }
