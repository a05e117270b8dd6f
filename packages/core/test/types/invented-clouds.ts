import type { Capabilities, Provider } from '../../src/index.ts'

/** Like a local engine: nearly everything, but nothing that only a cloud sells. */
const engineData = {
  name: 'engine',
  architecture: ['amd64', 'arm64'],
  restart: ['never', 'on-failure', 'always'],
  expose: ['local', 'public'],
  volumes: ['empty', 'named', 'host'],
  files: { secret: true, maxBytes: 1_048_576 },
  sidecars: true,
  initContainers: true,
  health: true,
  user: true,
  publish: true,
  registry: true,
  logs: { follow: 'native', streams: 'separate', bytes: 'exact', times: true, previous: false },
  exec: { exitCode: 'native', stderr: 'separate', stdin: true, tty: true },
  attach: { stderr: 'separate', stdin: true, tty: true },
  portForward: true,
  copy: true,
  restartRun: true,
  metrics: true,
  ports: 'mapped',
  maxLifetime: 'sweep',
  exitCode: 'native',
  groupNetwork: 'localhost',
} as const satisfies Capabilities

export interface EngineCapabilities extends Readonly<typeof engineData> {
  readonly native?: { readonly privileged?: boolean | undefined; readonly runtime?: string | undefined }
}

/** Like a cloud of container groups: no copy, no user, a terminal but no input without one. */
const groupsData = {
  name: 'groups',
  architecture: ['amd64'],
  restart: ['never', 'on-failure', 'always'],
  expose: ['private', 'public'],
  volumes: ['empty', 'azure-file', 'secret', 'git-repo'],
  files: { secret: true, maxBytes: 1_048_576 },
  sidecars: true,
  initContainers: true,
  health: true,
  registry: true,
  gpu: true,
  spot: true,
  logs: { follow: 'lossy', streams: 'merged', bytes: 'exact', times: true, previous: false },
  exec: { exitCode: 'none', stderr: 'merged', stdin: false, tty: true },
  attach: { stderr: 'merged', stdin: false, tty: true },
  metrics: true,
  ports: 'same',
  maxLifetime: 'sweep',
  exitCode: 'native',
  groupNetwork: 'localhost',
} as const satisfies Capabilities

export interface GroupsCapabilities extends Readonly<typeof groupsData> {
  readonly native?: { readonly subnetId?: string | undefined }
}

/** Like a cloud of tasks: exec by a sentinel without a terminal, secrets by reference, no files. */
const tasksData = {
  name: 'tasks',
  architecture: ['amd64', 'arm64'],
  restart: ['never'],
  expose: ['private', 'public'],
  volumes: ['empty', 'efs'],
  sidecars: true,
  health: true,
  user: true,
  registry: true,
  spot: true,
  secretRef: true,
  logs: { follow: 'polled', streams: 'merged', bytes: 'exact', times: true, previous: false },
  exec: { exitCode: 'sentinel', stderr: 'merged', stdin: true, tty: false },
  ports: 'same',
  maxLifetime: 'sweep',
  exitCode: 'native',
  groupNetwork: 'localhost',
} as const satisfies Capabilities

export interface TasksCapabilities extends Readonly<typeof tasksData> {
  readonly native?: { readonly taskRoleArn?: string | undefined }
}

/** The least: starts a container and lets it be. */
const bareData = {
  name: 'bare',
  architecture: [],
  restart: ['never'],
  expose: ['local'],
  ports: 'same',
  maxLifetime: 'native',
  exitCode: 'none',
  groupNetwork: 'none',
} as const satisfies Capabilities

export interface BareCapabilities extends Readonly<typeof bareData> {}

/** Shares neither an architecture nor a kind of volume with `groups`. */
const boardsData = {
  name: 'boards',
  architecture: ['arm64'],
  restart: ['always'],
  expose: ['local'],
  volumes: ['host', 'config-map'],
  regions: true,
  logs: { follow: 'native', streams: 'separate', bytes: 'exact', times: false, previous: true },
  ports: 'same',
  maxLifetime: 'sweep',
  exitCode: 'none',
  groupNetwork: 'none',
} as const satisfies Capabilities

export interface BoardsCapabilities extends Readonly<typeof boardsData> {}

export declare const engine: Provider<EngineCapabilities>
export declare const groups: Provider<GroupsCapabilities>
export declare const tasks: Provider<TasksCapabilities>
export declare const bare: Provider<BareCapabilities>
export declare const boards: Provider<BoardsCapabilities>

/** What an adapter hands to `defineProvider`, as data. */
export { bareData, boardsData, engineData, groupsData, tasksData }
