import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import type { EngineSocket } from './engine-socket.ts'

/** What a figure is worth depends on; label to value, in the order to show. */
export type MachineFacts = Readonly<Record<string, string>>

export function machineFacts(): MachineFacts {
  const processors = cpus()
  return {
    Machine: `${processors.length} x ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    System: `${distribution()}, ${process.platform} ${release()} ${process.arch}`,
    'Load before': loadavg()
      .map((load) => load.toFixed(1))
      .join(' '),
    'Node.js': process.version,
    Commit: commit(),
  }
}

/** The engine, and the images by what they really are. */
export async function engineFacts(engine: EngineSocket, images: readonly string[]): Promise<MachineFacts> {
  type Version = { Version: string; ApiVersion: string }
  type Information = { Driver: string; DefaultRuntime: string; CgroupVersion?: string }
  const [version, information] = await Promise.all([
    engine.json<Version>('GET', '/version'),
    engine.json<Information>('GET', '/info'),
  ])
  const facts: Record<string, string> = {
    Engine: `${version.Version}, API ${version.ApiVersion}, ${information.Driver}, cgroup ${information.CgroupVersion ?? '1'}`,
  }
  for (const image of images) {
    type Inspect = { Id: string; RepoDigests: string[] | null; Size: number }
    const { Id, RepoDigests, Size } = await engine.json<Inspect>('GET', `/images/${image}/json`)
    facts[`Image ${image}`] =
      `${RepoDigests?.[0]?.split('@')[1] ?? `id ${Id}`}, ${(Size / 1e6).toFixed(1)} MB`
  }
  return facts
}

function distribution(): string {
  try {
    return /PRETTY_NAME="(.*)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown'
  } catch {
    return 'unknown' // not every system has the file
  }
}

function commit(): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const changed = git('status', '--porcelain') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`
  } catch {
    return 'unknown' // no git, or no repository: an unpacked archive
  }
}
