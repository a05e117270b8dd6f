import type { ContainerCreateBody, MountBody } from '@berth/docker/engine'
import type { ContainerSpec } from '../backend.ts'
import type { DockerPlace } from './docker-place.ts'

/** The least that engines accept. */
const leastMemoryInBytes = 6 * 1024 * 1024

/** A container in the engine's words, in the network of the one that holds it. */
export function containerBody(
  { processorCount, logDriver }: DockerPlace,
  spec: ContainerSpec,
  {
    holder,
    mounts,
    labels,
  }: { holder: string; mounts: readonly MountBody[]; labels: Record<string, string> },
): ContainerCreateBody {
  const { image, command, args, env, workingDirectory, user, cpu, memoryInBytes, stdin, tty } = spec
  const memory = memoryInBytes && Math.max(memoryInBytes, leastMemoryInBytes)
  return {
    Image: image,
    Entrypoint: command,
    Cmd: args,
    Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    WorkingDir: workingDirectory,
    User: user,
    Labels: labels,
    Tty: tty,
    OpenStdin: stdin,
    StdinOnce: stdin,
    AttachStdin: stdin,
    HostConfig: {
      NetworkMode: `container:${holder}`,
      Mounts: mounts,
      // The cloud's machine may be larger than this one, whose engine refuses what it does not have.
      NanoCpus: cpu && Math.round(Math.min(cpu, processorCount) * 1e9),
      Memory: memory,
      MemorySwap: memory,
      LogConfig: logDriver && { Type: logDriver },
    },
  }
}
