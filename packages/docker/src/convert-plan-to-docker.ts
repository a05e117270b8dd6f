import {
  durationInMs,
  type GroupPlan,
  isSecret,
  isSecretRef,
  type PlannedContainer,
  type PlannedPort,
  reveal,
} from '@berth/core'
import { convertMounts } from './convert-mounts.ts'
import { nativeHostConfig, nativeNetworkConfig } from './convert-native-options.ts'
import { containerLabels } from './docker-labels.ts'
import { containerName, networkHolderName } from './docker-names.ts'
import type { DockerNativeOptions } from './docker-native-options.ts'
import type { ContainerCreateBody, HealthcheckBody, HostConfigBody } from './engine/index.ts'
import { pauseImage } from './engine/index.ts'

/** One container as the engine is to make it. */
export interface DockerContainer {
  /** Its name on the engine. */
  readonly name: string
  /** Left out for the holder of a group's network. */
  readonly planned: PlannedContainer | undefined
  readonly body: ContainerCreateBody
}

/** A plan in the engine's words. */
export interface DockerGroup {
  /** A container that only waits: the others share its network, which so outlives their restarts. Only groups have one. */
  readonly holder: DockerContainer | undefined
  readonly init: readonly DockerContainer[]
  readonly main: DockerContainer
  readonly sidecars: readonly DockerContainer[]
}

/** Puts a plan into the engine's words. Reveals the secrets of its environment, which the engine shows to everybody who may use it. */
export async function convertPlanToDocker(plan: GroupPlan): Promise<DockerGroup> {
  const all = [...plan.containers, ...plan.initContainers]
  const isGroup = all.length > 1
  const converted: DockerContainer[] = []
  // One after the other: what can take its time, a secret from a vault, was fetched when the plan was made.
  for (const planned of all) converted.push(await convertContainer(plan, planned, isGroup))
  const [main, ...others] = converted
  if (main === undefined) throw new TypeError('a plan has a main container')
  const sidecars = plan.containers.length - 1
  return {
    holder: isGroup ? networkHolder(plan) : undefined,
    main,
    sidecars: others.slice(0, sidecars),
    init: others.slice(sidecars),
  }
}

async function convertContainer(
  plan: GroupPlan,
  planned: PlannedContainer,
  isGroup: boolean,
): Promise<DockerContainer> {
  const { command, args, health, role } = planned
  const network = isGroup
    ? { host: { NetworkMode: `container:${networkHolderName(plan.name)}` }, ExposedPorts: undefined }
    : networkOf(plan, planned.ports)
  return {
    name: containerName(plan.name, planned.name),
    planned,
    body: {
      Image: planned.image,
      // Given anew, the entrypoint takes the image's default arguments with it; an empty one is none.
      Entrypoint: command?.length ? command : undefined,
      Cmd: args?.length ? args : undefined,
      Env: Object.keys(planned.env).length > 0 ? await convertEnvironment(planned) : undefined,
      WorkingDir: planned.workingDirectory,
      User: planned.user,
      Labels: containerLabels(plan, planned, role),
      ExposedPorts: network.ExposedPorts,
      StopTimeout: Math.ceil(plan.stopGraceInMs / 1_000),
      Healthcheck: health && convertHealth(health),
      HostConfig: {
        ...network.host,
        ...nativeHostConfig(nativeOf(plan)),
        Mounts: convertMounts(plan, planned),
        RestartPolicy: { Name: role === 'init' ? 'no' : RESTART[plan.restart] },
        NanoCpus: planned.cpu === undefined ? undefined : Math.round(planned.cpu * 1e9),
        Memory: planned.memoryInBytes,
        // Without this the engine grants as much swap again, and a container over its memory is slow instead of ended.
        MemorySwap: planned.memoryInBytes,
      },
    },
  }
}

const RESTART = { never: 'no', 'on-failure': 'on-failure', always: 'always' } as const

function networkHolder(plan: GroupPlan): DockerContainer {
  const ports = plan.containers.flatMap((container) => container.ports)
  const { host, ExposedPorts } = networkOf(plan, ports)
  return {
    name: networkHolderName(plan.name),
    planned: undefined,
    body: {
      Image: pauseImage,
      Labels: containerLabels(plan, { name: 'network', ports }, 'network'),
      ExposedPorts,
      StopSignal: 'SIGKILL',
      // It has to be there again when the engine starts the others again after its own restart.
      HostConfig: { ...host, RestartPolicy: { Name: RESTART[plan.restart] } },
    },
  }
}

/** The network of a run: its mode, and its ports as far as the engine is to publish them. */
function networkOf(plan: GroupPlan, ports: readonly PlannedPort[]) {
  const address = { local: '127.0.0.1', public: '0.0.0.0', private: undefined }[plan.expose ?? 'local']
  const keyed = ports.map((port) => [`${port.port}/${port.protocol}`, port] as const)
  const bindings = keyed.map(([key, { publish }]) => [
    key,
    [{ HostIp: address, HostPort: publish === undefined ? '' : String(publish) }],
  ])
  const host: HostConfigBody = {
    ...nativeNetworkConfig(nativeOf(plan)),
    ...(address !== undefined && bindings.length > 0 && { PortBindings: Object.fromEntries(bindings) }),
  }
  return {
    host,
    ExposedPorts: keyed.length > 0 ? Object.fromEntries(keyed.map(([key]) => [key, {}])) : undefined,
  }
}

async function convertEnvironment({ env }: PlannedContainer): Promise<readonly string[]> {
  return await Promise.all(
    Object.entries(env).map(async ([name, value]) => {
      if (isSecretRef(value)) throw new TypeError(`env.${name}: an engine has no store of secrets`)
      return `${name}=${isSecret(value) ? await reveal(value) : value}`
    }),
  )
}

const NANOS_PER_MS = 1_000_000

function convertHealth({
  probe,
  interval = '10s',
  timeout = '5s',
  retries = 3,
  startPeriod = 0,
}: NonNullable<PlannedContainer['health']>): HealthcheckBody {
  if (probe.kind !== 'exec') throw new TypeError('an engine checks health by a command only')
  return {
    Test: ['CMD', ...probe.command],
    Interval: durationInMs(interval) * NANOS_PER_MS,
    Timeout: durationInMs(timeout) * NANOS_PER_MS,
    Retries: retries,
    StartPeriod: durationInMs(startPeriod) * NANOS_PER_MS,
  }
}

/** `validatePlan` has looked at its form. */
function nativeOf(plan: GroupPlan): DockerNativeOptions {
  return (plan.native ?? {}) as DockerNativeOptions
}
