import type { EngineSurroundings } from './engine-surroundings.ts'

/** An address where an engine usually listens, and whose habit that is. */
export interface UsualSocket {
  readonly address: string
  readonly source: string
}

/** Where engines listen when nobody says otherwise, in the order in which they are tried. */
export function usualSockets(surroundings: EngineSurroundings): readonly UsualSocket[] {
  const { environment, home, platform } = surroundings
  if (platform === 'win32') {
    return [
      { address: 'npipe:////./pipe/docker_engine', source: 'default pipe' },
      { address: 'npipe:////./pipe/dockerDesktopLinuxEngine', source: 'Docker Desktop pipe' },
      { address: 'npipe:////./pipe/podman-machine-default', source: 'Podman machine pipe' },
    ]
  }
  const runtime = environment.XDG_RUNTIME_DIR
  return [
    { address: 'unix:///var/run/docker.sock', source: 'default socket' },
    ...(runtime ? [{ address: `unix://${runtime}/docker.sock`, source: 'rootless Docker socket' }] : []),
    { address: `unix://${home}/.docker/run/docker.sock`, source: 'Docker Desktop socket' },
    ...(runtime
      ? [{ address: `unix://${runtime}/podman/podman.sock`, source: 'rootless Podman socket' }]
      : []),
    { address: 'unix:///run/podman/podman.sock', source: 'Podman socket' },
  ]
}
