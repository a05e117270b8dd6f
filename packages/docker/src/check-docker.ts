import type { CheckItem } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import {
  EngineConfigurationError,
  EngineError,
  type EngineInfo,
  findRegistryCredentials,
} from './engine/index.ts'

/** Room for a few images. */
const LEAST_FREE_BYTES = 2 * 1024 ** 3

/** What must be right for an engine to serve, each with its mend. What stands on something that failed is skipped. */
export async function checkDocker(host: DockerHost, signal: AbortSignal): Promise<readonly CheckItem[]> {
  const engine = await checkEngine(host, signal)
  const credentials = await checkCredentials(signal)
  if (engine.status !== 'ok') {
    const skipped = (name: string): CheckItem => ({ name, status: 'skipped', detail: 'no engine answers' })
    return [engine, skipped('api version'), credentials, skipped('disk')]
  }
  const [version, disk] = await Promise.all([checkVersion(host, signal), checkDisk(host, signal)])
  return [engine, version, credentials, disk]
}

async function checkEngine({ engine }: DockerHost, signal: AbortSignal): Promise<CheckItem> {
  const name = 'engine'
  try {
    const { address, source } = await engine.endpoint()
    await engine.ping({ signal })
    return { name, status: 'ok', detail: `answers at ${address} (from ${source})` }
  } catch (error) {
    signal.throwIfAborted()
    const detail = error instanceof Error ? error.message : String(error)
    return { name, status: 'failed', detail, mend: mendOf(error) }
  }
}

function mendOf(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  const isForbidden =
    (EngineError.isInstance(error) && (error.code === 'EACCES' || error.code === 'EPERM')) ||
    (EngineConfigurationError.isInstance(error) && /may not open/.test(text))
  if (isForbidden) {
    return 'sudo usermod -aG docker $USER, then log in again; or use a rootless engine: dockerd-rootless-setuptool.sh install'
  }
  if (EngineConfigurationError.isInstance(error) && error.problem !== 'not-found')
    return 'correct DOCKER_HOST or the docker context'
  return process.platform === 'linux'
    ? 'sudo systemctl start docker; or set DOCKER_HOST to where the engine is'
    : 'start Docker Desktop or Podman; or set DOCKER_HOST to where the engine is'
}

async function checkVersion({ engine }: DockerHost, signal: AbortSignal): Promise<CheckItem> {
  const name = 'api version'
  try {
    const [spoken, version] = await Promise.all([engine.apiVersion(signal), engine.version({ signal })])
    const program = version.Components?.[0]?.Name ?? 'Engine'
    const platform = `${version.Os}/${version.Arch}`
    const detail = `${program} ${version.Version} on ${platform}, speaking API ${spoken ?? 'of its own choice'}`
    if (version.Os !== 'linux') {
      return { name, status: 'failed', detail, mend: 'switch the engine to Linux containers' }
    }
    return { name, status: 'ok', detail }
  } catch (error) {
    signal.throwIfAborted()
    return { name, status: 'failed', detail: String(error), mend: 'update the engine' }
  }
}

/** Docker Hub's are looked up as an example: a helper that is missing fails for every registry. */
async function checkCredentials(signal: AbortSignal): Promise<CheckItem> {
  const name = 'registry credentials'
  try {
    const found = await findRegistryCredentials('docker.io', { signal })
    return {
      name,
      status: 'ok',
      detail: found ? 'logged in to Docker Hub' : 'none for Docker Hub; public images do without',
    }
  } catch (error) {
    signal.throwIfAborted()
    const detail = error instanceof Error ? error.message : String(error)
    return {
      name,
      status: 'warning',
      detail,
      mend: "correct credsStore and credHelpers in docker's config.json",
    }
  }
}

/** Only an engine on this machine's own disk can be looked at. */
async function checkDisk({ engine }: DockerHost, signal: AbortSignal): Promise<CheckItem> {
  const name = 'disk'
  try {
    const info = (await engine.info({ signal })) as EngineInfo & { readonly DockerRootDir?: string }
    const folder = info.DockerRootDir
    const endpoint = await engine.endpoint()
    if (endpoint.kind !== 'socket' || folder === undefined)
      return unknownDisk('the engine runs on another machine')
    const { statfs } = await import('node:fs/promises')
    const { bavail, bsize, blocks } = await statfs(folder)
    const free = bavail * bsize
    const detail = `${gigabytes(free)} of ${gigabytes(blocks * bsize)} GB are free in ${folder}`
    if (free >= LEAST_FREE_BYTES) return { name, status: 'ok', detail }
    return { name, status: 'warning', detail, mend: 'docker system prune' }
  } catch (error) {
    signal.throwIfAborted()
    return unknownDisk(error instanceof Error ? error.message : String(error))
  }
}

function unknownDisk(why: string): CheckItem {
  return { name: 'disk', status: 'skipped', detail: `its free space cannot be seen from here: ${why}` }
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1)
}
