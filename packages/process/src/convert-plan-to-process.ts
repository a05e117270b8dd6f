import { type GroupPlan, isSecret, isSecretRef, type PlannedContainer, reveal } from '@berth/core'
import type { FileSpec, GroupContainerSpec, GroupSpec } from './runner/index.ts'

/** A plan in the runner's words. Secrets are revealed here: they go to the supervisor over a pipe, and to files that were asked for. */
export async function convertPlanToProcess(plan: GroupPlan): Promise<GroupSpec> {
  return {
    name: plan.name,
    labels: { ...plan.labels, ...plan.tags },
    initContainers: await Promise.all(plan.initContainers.map(convertContainer)),
    containers: await Promise.all(plan.containers.map(convertContainer)),
    volumes: Object.keys(plan.volumes),
    restartPolicy: plan.restart,
    maxLifetimeInMs: plan.maxLifetimeInMs,
  }
}

async function convertContainer(container: PlannedContainer): Promise<GroupContainerSpec> {
  return {
    name: container.name,
    image: container.image,
    command: container.command,
    args: container.args,
    env: await revealEnvironment(container.env),
    workingDirectory: container.workingDirectory,
    files: await Promise.all(container.files.map(convertFile)),
    mounts: container.mounts.map(({ volume, path }) => ({ volume, path })),
    // None asked for: the image's own, as an image of Docker exposes its own.
    ports:
      container.ports.length === 0
        ? undefined
        : container.ports.map(({ port, publish }) => ({ containerPort: port, hostPort: publish })),
    sidecar: container.role === 'sidecar',
  }
}

async function revealEnvironment(env: PlannedContainer['env']): Promise<Record<string, string>> {
  const entries = Object.entries(env).map(async ([name, value]): Promise<[string, string]> => {
    if (isSecret(value)) return [name, await reveal(value)]
    if (isSecretRef(value)) throw new TypeError(`env.${name}: this machine has no secret store to refer to`)
    return [name, value]
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function convertFile(file: PlannedContainer['files'][number]): Promise<FileSpec> {
  const content = isSecret(file.content) ? await reveal(file.content) : file.content
  return { path: file.path, content, mode: file.mode }
}
