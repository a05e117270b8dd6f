import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { findImage } from './catalogue.ts'
import { nowInUs } from './clock.ts'
import type { ContainerRecord, GroupRecord } from './group-record.ts'
import type { GroupContainerSpec, GroupSpec, RestartPolicy } from './group-spec.ts'
import { writeJsonFile } from './json-file.ts'
import { identifySelf } from './process-identity.ts'
import { resolveInRoot } from './resolve-in-root.ts'
import { groupPaths } from './state-directory.ts'

/** Writes the whole directory of a new group, its containers' files and links included, and returns its record. */
export async function writeGroupDirectory(
  directory: string,
  uid: string,
  spec: GroupSpec,
): Promise<GroupRecord> {
  const paths = groupPaths(directory)
  const initContainers = spec.initContainers ?? []
  for (const path of [paths.labels, paths.processes, paths.volumes]) {
    await mkdir(path, { recursive: true, mode: 0o700 })
  }
  for (const volume of spec.volumes ?? []) await mkdir(join(paths.volumes, volume))
  for (const container of [...initContainers, ...spec.containers]) {
    await writeContainerRoot(paths.root(container.name), paths.volumes, container)
  }
  const record: GroupRecord = {
    version: 1,
    name: spec.name,
    uid,
    createdAtInUs: nowInUs(),
    creator: identifySelf(),
    labels: { ...spec.labels },
    address: spec.address ?? '127.0.0.1',
    maxLifetimeInMs: spec.maxLifetimeInMs ?? null,
    initContainers: initContainers.map((container) =>
      recordOf(container, initRestartPolicy(spec, container)),
    ),
    containers: spec.containers.map((container) =>
      recordOf(container, container.restartPolicy ?? spec.restartPolicy ?? 'never'),
    ),
  }
  writeJsonFile(paths.record, record)
  return record
}

async function writeContainerRoot(
  root: string,
  volumes: string,
  container: GroupContainerSpec,
): Promise<void> {
  await mkdir(root, { recursive: true })
  // A mount above another mount or above a file comes first, so that these go into it.
  const mounts = [...(container.mounts ?? [])].sort((one, other) => one.path.length - other.path.length)
  for (const mount of mounts) {
    const link = resolveInRoot(root, mount.path).replace(/[/\\]+$/, '')
    await mkdir(dirname(link), { recursive: true })
    // A volume's is relative, because the directory is still to get its name; from the real place, which may be inside another mount.
    if (mount.hostPath !== undefined) await symlink(mount.hostPath, link)
    else {
      const [from, to] = await Promise.all([realpath(dirname(link)), realpath(join(volumes, mount.volume))])
      await symlink(relative(from, to), link, 'dir')
    }
  }
  for (const file of container.files ?? []) {
    const path = resolveInRoot(root, file.path)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, file.content, { mode: file.mode ?? 0o644 })
  }
  await mkdir(join(root, 'tmp'), { recursive: true })
  await mkdir(resolveInRoot(root, container.workingDirectory ?? ''), { recursive: true })
}

function initRestartPolicy(spec: GroupSpec, container: GroupContainerSpec): RestartPolicy {
  const policy = container.restartPolicy ?? spec.restartPolicy ?? 'never'
  return policy === 'always' ? 'on-failure' : policy
}

function recordOf(container: GroupContainerSpec, restartPolicy: RestartPolicy): ContainerRecord {
  const { defaultPort } = findImage(container.image)
  const usesDefaultPort =
    container.ports === undefined && container.command === undefined && defaultPort !== null
  const ports = usesDefaultPort ? [{ containerPort: defaultPort }] : (container.ports ?? [])
  return {
    name: container.name,
    image: container.image,
    command: container.command ?? null,
    args: container.args ?? [],
    workingDirectory: container.workingDirectory ?? '',
    ports: ports.map((port) => ({ containerPort: port.containerPort, hostPort: port.hostPort ?? null })),
    sidecar: container.sidecar ?? false,
    stdin: container.stdin ?? false,
    restartPolicy,
    restartLimit: container.restartLimit ?? null,
  }
}
