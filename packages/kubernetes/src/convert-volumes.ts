import { type GroupPlan, isSecret, type VolumeSpec } from '@berth/core'
import type { PodVolume } from './cluster/pod.ts'
import { secretKey, specVolume } from './kubernetes-names.ts'
import type { SecretContents } from './secret-contents.ts'

/** The volumes of a spec in Kubernetes' words. */
export async function convertVolumes(
  plan: Pick<GroupPlan, 'name' | 'volumes'>,
  secret: SecretContents,
): Promise<readonly PodVolume[]> {
  return await Promise.all(
    Object.entries(plan.volumes).map(async ([name, volume]) => ({
      name: specVolume(name),
      ...(await sourceOf(name, volume, plan.name, secret)),
    })),
  )
}

async function sourceOf(
  name: string,
  { kind, options = {} }: VolumeSpec,
  secretName: string,
  secret: SecretContents,
): Promise<object> {
  switch (kind) {
    case 'host':
      return { hostPath: { path: options.path } }
    case 'config-map':
      return { configMap: { name: options.name } }
    case 'persistent-volume-claim':
      return { persistentVolumeClaim: { claimName: options.claimName, readOnly: options.readOnly ?? false } }
    case 'secret':
      return typeof options.secretName === 'string'
        ? { secret: { secretName: options.secretName } }
        : { secret: { secretName, items: await ownParts(name, options, secret) } }
    default:
      return { emptyDir: { ...options } }
  }
}

/** A secret volume's own parts stand in the run's Secret. */
async function ownParts(
  name: string,
  options: NonNullable<VolumeSpec['options']>,
  secret: SecretContents,
): Promise<readonly object[]> {
  return await Promise.all(
    Object.entries(options).map(async ([path, content], number) => {
      const key = secretKey.volume(name, number)
      await secret.add(key, isSecret(content) ? content : String(content))
      return { key, path }
    }),
  )
}
