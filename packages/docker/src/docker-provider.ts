import { defineProvider } from '@berth/core'
import { dockerAdapter } from './docker-adapter.ts'
import { type DockerCapabilities, dockerCapabilities } from './docker-capabilities.ts'
import { dockerHost } from './docker-host.ts'
import { clientOf, type DockerOptions } from './docker-options.ts'

/**
 * A Docker or Podman engine as a provider: `docker()` for the one that the docker command would use.
 *
 * Who may use the engine may read all that runs on it: secrets go into a container's environment and files, for an engine has no other
 * field for them.
 */
export const docker = defineProvider<DockerCapabilities, DockerOptions>({
  capabilities: dockerCapabilities,
  connect: (options) => dockerAdapter(dockerHost(clientOf(options), options.platform)),
})
