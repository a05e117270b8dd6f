import type {
  BaseSpec,
  ContainerPart,
  ContainerSpec,
  FileSpec,
  InitContainerSpec,
  Mount,
  PortSpec,
  RegistryCredentials,
  SidecarSpec,
  VolumeSpec,
} from '../contract/container-spec.ts'
import type { HealthCheck, Probe } from '../contract/probe.ts'

/** Which keys may stand at a place of a spec. `any` is not looked into; a leaf holds no keys at all. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'object'; readonly keys: Readonly<Record<string, Shape>> }
  | { readonly kind: 'record'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'probe' }

const any: Shape = { kind: 'any' }
const listOf = (of: Shape): Shape => ({ kind: 'list', of })
const recordOf = (of: Shape): Shape => ({ kind: 'record', of })
/** The keys of `T`, all of them: a field that the contract gains does not compile until it stands here too. */
const keysOf =
  <T>() =>
  (keys: { readonly [K in keyof Required<T>]: Shape }): Shape => ({ kind: 'object', keys })

const probe: Shape = { kind: 'probe' }

const health = keysOf<HealthCheck>()({
  probe,
  interval: any,
  timeout: any,
  retries: any,
  startPeriod: any,
})

const part = {
  image: any,
  command: any,
  args: any,
  env: any,
  workingDirectory: any,
  cpu: any,
  memory: any,
  files: recordOf(keysOf<FileSpec>()({ content: any, mode: any })),
  mounts: listOf(keysOf<Mount>()({ volume: any, path: any, readOnly: any })),
  user: any,
  registry: keysOf<RegistryCredentials>()({ username: any, password: any, server: any }),
}

const ports = listOf(keysOf<PortSpec>()({ port: any, protocol: any, publish: any }))
const sidecar = keysOf<SidecarSpec>()({ ...part, ports, health })

const CONTAINER_SPEC = {
  ...part,
  ports,
  health,
  name: any,
  ready: probe,
  lifetime: { kind: 'object', keys: { lease: any, maxLifetime: any } },
  stopGrace: any,
  labels: any,
  fit: any,
  architecture: any,
  restart: any,
  expose: any,
  volumes: recordOf(keysOf<VolumeSpec>()({ kind: any, options: any })),
  sidecars: recordOf(sidecar),
  initContainers: recordOf(keysOf<InitContainerSpec>()(part)),
  gpu: { kind: 'object', keys: { count: any, kind: any } },
  spot: any,
  regions: any,
  options: any,
} satisfies { readonly [K in keyof Required<ContainerSpec>]: Shape }

/** Every key that a spec may hold, at any depth. */
export const SPEC_SHAPE: Shape = { kind: 'object', keys: CONTAINER_SPEC }

type ProbeKeys<K extends Probe['kind']> = readonly (keyof Extract<Probe, { readonly kind: K }>)[]

/** The keys of each kind of probe. */
export const PROBE_KEYS: { readonly [K in Probe['kind']]: ProbeKeys<K> } = {
  http: ['kind', 'path', 'port', 'status', 'headers', 'scheme', 'body'],
  tcp: ['kind', 'port'],
  log: ['kind', 'pattern', 'times', 'container'],
  exec: ['kind', 'command', 'container'],
  health: ['kind', 'container'],
  started: ['kind'],
  exited: ['kind', 'exitCode'],
  all: ['kind', 'probes'],
  any: ['kind', 'probes'],
}

/** What other tools call our fields. */
export const FOREIGN_NAMES: ReadonlyMap<string, keyof BaseSpec | keyof ContainerPart | keyof ContainerSpec> =
  new Map([
    ['environment', 'env'],
    ['envvars', 'env'],
    ['variables', 'env'],
    ['entrypoint', 'command'],
    ['cmd', 'args'],
    ['arguments', 'args'],
    ['cpus', 'cpu'],
    ['vcpu', 'cpu'],
    ['mem', 'memory'],
    ['ram', 'memory'],
    ['cwd', 'workingDirectory'],
    ['workdir', 'workingDirectory'],
    ['workingdir', 'workingDirectory'],
    ['volumemounts', 'mounts'],
    ['healthcheck', 'health'],
    ['readiness', 'ready'],
    ['readinessprobe', 'ready'],
    ['platform', 'architecture'],
    ['arch', 'architecture'],
    ['restartpolicy', 'restart'],
    ['publish', 'ports'],
    ['expiry', 'lifetime'],
    ['ttl', 'lifetime'],
    ['tags', 'labels'],
    ['native', 'options'],
    ['credentials', 'registry'],
    ['graceperiod', 'stopGrace'],
    ['stoptimeout', 'stopGrace'],
  ])
