import { BerthError, type GroupPlan, isSecret, type VolumeSpec } from '@berth/core'
import { countFileVolumes } from './convert-files.ts'
import { nativeOf } from './convert-plan-to-aci.ts'

const MOST_VOLUMES = 20

/** What each kind takes: its options, and which of them must be there. */
const OPTIONS: Readonly<
  Record<
    string,
    { readonly known: readonly string[]; readonly needed: readonly string[]; readonly example: string }
  >
> = {
  empty: { known: [], needed: [], example: '' },
  'git-repo': {
    known: ['repository', 'directory', 'revision'],
    needed: ['repository'],
    example: "{ repository: 'https://…/app.git' }",
  },
  'azure-file': {
    known: ['shareName', 'storageAccountName', 'storageAccountKey', 'readOnly'],
    needed: ['shareName', 'storageAccountName'],
    example: "{ shareName: 'data', storageAccountName: 'mine', storageAccountKey: secret(…) }",
  },
}

/** Refuses volumes that the service does not have, and options that their kind does not know. */
export function validateVolumes(plan: GroupPlan): void {
  const count = Object.keys(plan.volumes).length + countFileVolumes(plan, nativeOf(plan))
  if (count > MOST_VOLUMES) {
    throw invalid(
      `volumes: ${count} are more than the ${MOST_VOLUMES} of a container group, each directory of files counting as one; put files together, or leave some out`,
    )
  }
  for (const [name, volume] of Object.entries(plan.volumes)) validateVolume(name, volume)
}

function validateVolume(name: string, { kind, options = {} }: VolumeSpec): void {
  if (kind === 'secret') {
    if (Object.keys(options).length === 0) {
      throw invalid(
        `volumes.${name}: a secret volume holds files; write options: { 'password.txt': secret(…) }`,
      )
    }
    return
  }
  const { known = [], needed = [], example = '' } = OPTIONS[kind] ?? {}
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    throw invalid(
      `volumes.${name}.options.${option}: a volume of kind '${kind}' has no such option${known.length > 0 ? `, but ${known.join(', ')}` : ''}; leave it out`,
    )
  }
  for (const option of needed) {
    const value = options[option]
    if (typeof value === 'string' && value !== '') continue
    throw invalid(`volumes.${name}.options.${option}: is missing; write options: ${example}`)
  }
  const key = options.storageAccountKey
  if (key !== undefined && !isSecret(key)) {
    throw invalid(
      `volumes.${name}.options.storageAccountKey: must be marked as a secret; write secret(…) around it`,
    )
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
