import { type GroupPlan, isSecret, reveal, type Secret, type VolumeSpec } from '@berth/core'
import type { Volume } from './arm/container-group.ts'

/** The service's names are 5 to 63 characters, ours may be shorter, and hold `--`. */
const NAME = /^(?!.*--)[a-z0-9][a-z0-9-]{3,61}[a-z0-9]$/

/** The group's volumes in the service's words. Secrets go into its fields for secrets, which nobody can read back. */
export async function convertVolumes(plan: GroupPlan): Promise<readonly Volume[]> {
  return await Promise.all(
    Object.entries(plan.volumes).map(([name, volume]) => convertVolume(volumeName(plan, name), volume)),
  )
}

/** What the service calls a volume of the plan. */
export function volumeName(plan: Pick<GroupPlan, 'volumes'>, name: string): string {
  return NAME.test(name) ? name : `volume-${Object.keys(plan.volumes).indexOf(name) + 1}`
}

async function convertVolume(name: string, { kind, options = {} }: VolumeSpec): Promise<Volume> {
  const value = async (option: string) => await plain(options[option])
  switch (kind) {
    case 'secret':
      return { name, secret: await secretFiles(options) }
    case 'git-repo': {
      const [repository = '', directory, revision] = await Promise.all(
        ['repository', 'directory', 'revision'].map(value),
      )
      return { name, gitRepo: { repository, ...(directory && { directory }), ...(revision && { revision }) } }
    }
    case 'azure-file': {
      const [shareName = '', storageAccountName = '', storageAccountKey] = await Promise.all(
        ['shareName', 'storageAccountName', 'storageAccountKey'].map(value),
      )
      return {
        name,
        azureFile: {
          shareName,
          storageAccountName,
          ...(storageAccountKey && { storageAccountKey }),
          ...(options.readOnly === true && { readOnly: true }),
        },
      }
    }
    default:
      return { name, emptyDir: {} }
  }
}

async function secretFiles(options: NonNullable<VolumeSpec['options']>): Promise<Record<string, string>> {
  const files = Object.entries(options).map(
    async ([file, content]) => [file, Buffer.from((await plain(content)) ?? '').toString('base64')] as const,
  )
  return Object.fromEntries(await Promise.all(files))
}

async function plain(value: string | number | boolean | Secret | undefined): Promise<string | undefined> {
  if (value === undefined) return undefined
  return isSecret(value) ? await reveal(value) : String(value)
}
