import { BerthError, type GroupPlan } from '@berth/core'
import { registryOf } from './convert-registries.ts'

/** Refuses two users for one registry: the service logs in once for the whole group. */
export function validateRegistries({ containers, initContainers }: GroupPlan): void {
  const users = new Map<string, string>()
  for (const { image, registry } of [...containers, ...initContainers]) {
    if (registry === undefined) continue
    const server = registryOf({ image, registry })
    const other = users.get(server)
    if (other !== undefined && other !== registry.username) {
      throw new BerthError({
        code: 'invalid-spec',
        message: `registry: ${server} is given two users, ${other} and ${registry.username}; a container group logs in to a registry once, so write the same for all of its images`,
      })
    }
    users.set(server, registry.username)
  }
}
