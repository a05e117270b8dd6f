import { type GroupPlan, parseImageReference, reveal } from '@berth/core'

/** What docker's config file calls the registry of images whose names tell none. */
const DOCKER_HUB = 'https://index.docker.io/v1/'

/** The credentials of a plan's registries as a docker config file; undefined where it gives none. */
export async function convertRegistries(
  plan: Pick<GroupPlan, 'containers' | 'initContainers'>,
): Promise<string | undefined> {
  const auths: Record<string, object> = {}
  for (const { image, registry } of [...plan.containers, ...plan.initContainers]) {
    if (registry === undefined) continue
    const { username } = registry
    const password = await reveal(registry.password)
    const auth = Buffer.from(`${username}:${password}`).toString('base64')
    const server = registry.server ?? parseImageReference(image).registry ?? 'docker.io'
    auths[server === 'docker.io' ? DOCKER_HUB : server] = { username, password, auth }
  }
  return Object.keys(auths).length > 0 ? JSON.stringify({ auths }) : undefined
}
