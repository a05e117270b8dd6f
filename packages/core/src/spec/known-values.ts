import type { Architecture, Exposure, RestartPolicy, VolumeKind } from '../contract/capabilities.ts'

/** All of the values that a type has, as data: one that the contract gains does not compile until it stands here. */
const all = <T extends string>(values: { readonly [V in T]: true }) =>
  Object.keys(values) as unknown as readonly T[]

/** Every value of the listed features, of whichever cloud. */
export const KNOWN_VALUES = {
  architecture: all<Architecture>({ amd64: true, arm64: true }),
  restart: all<RestartPolicy>({ never: true, 'on-failure': true, always: true }),
  expose: all<Exposure>({ local: true, private: true, public: true }),
  volumes: all<VolumeKind>({
    empty: true,
    named: true,
    host: true,
    secret: true,
    'git-repo': true,
    'azure-file': true,
    efs: true,
    ebs: true,
    'config-map': true,
    'persistent-volume-claim': true,
  }),
} as const

/** What other tools call our values. */
export const FOREIGN_VALUES: ReadonlyMap<string, string> = new Map([
  ['x64', 'amd64'],
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['linux/amd64', 'amd64'],
  ['aarch64', 'arm64'],
  ['linux/arm64', 'arm64'],
  ['no', 'never'],
  ['onfailure', 'on-failure'],
  ['unless-stopped', 'always'],
  ['localhost', 'local'],
  ['internal', 'private'],
  ['external', 'public'],
  ['emptydir', 'empty'],
  ['bind', 'host'],
  ['hostpath', 'host'],
  ['pvc', 'persistent-volume-claim'],
  ['configmap', 'config-map'],
])
