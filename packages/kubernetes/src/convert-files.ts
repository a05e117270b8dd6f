import type { PlannedContainer } from '@berth/core'
import type { PodVolume, VolumeMount } from './cluster/pod.ts'
import { filesVolume, secretKey } from './kubernetes-names.ts'
import type { SecretContents } from './secret-contents.ts'

/** What it takes to put the files of one container in place. */
export interface ConvertedFiles {
  readonly volumes: readonly PodVolume[]
  readonly mounts: readonly VolumeMount[]
}

/**
 * The files of one container: each is mounted by itself at its own path, so that nothing of the image is hidden. `index` tells the containers of the
 * run apart.
 */
export async function convertFiles(
  { files }: PlannedContainer,
  index: number,
  secretName: string,
  secret: SecretContents,
): Promise<ConvertedFiles> {
  if (files.length === 0) return { volumes: [], mounts: [] }
  const keys = files.map((_, number) => secretKey.file(index, number))
  await Promise.all(files.map(({ content }, number) => secret.add(keys[number] ?? '', content)))
  const name = filesVolume(index)
  return {
    volumes: [
      {
        name,
        secret: {
          secretName,
          items: files.map(({ mode }, number) => ({ key: keys[number], path: keys[number], mode })),
        },
      },
    ],
    mounts: files.map(({ path }, number) => ({
      name,
      mountPath: path,
      subPath: keys[number] ?? '',
      readOnly: true,
    })),
  }
}
