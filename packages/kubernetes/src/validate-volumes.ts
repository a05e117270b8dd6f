import { BerthError, type GroupPlan, isSecret, type VolumeSpec } from '@berth/core'

interface Rule {
  readonly required?: string
  readonly optional?: readonly string[]
  readonly example: string
}

const OBJECT_NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/
const RULES: Readonly<Record<string, Rule>> = {
  empty: { optional: ['medium', 'sizeLimit'], example: "{ sizeLimit: '1Gi' }" },
  host: { required: 'path', example: "{ path: '/srv/data' }" },
  'config-map': { required: 'name', example: "{ name: 'settings' }" },
  'persistent-volume-claim': {
    required: 'claimName',
    optional: ['readOnly'],
    example: "{ claimName: 'data' }",
  },
}

/** Refuses volumes that no cluster can mount. Throws `invalid-spec`. */
export function validateVolumes({ volumes }: Pick<GroupPlan, 'volumes'>): void {
  for (const [name, volume] of Object.entries(volumes)) {
    if (volume.kind === 'secret') validateSecretVolume(name, volume)
    else validateVolume(name, volume)
  }
}

function validateVolume(name: string, { kind, options = {} }: VolumeSpec): void {
  const { required, optional = [], example } = RULES[kind] ?? { example: '{}' }
  const known = [...(required === undefined ? [] : [required]), ...optional]
  for (const [option, value] of Object.entries(options)) {
    if (!known.includes(option)) {
      throw invalid(
        `volumes.${name}.options.${option}: a volume of kind '${kind}' has no such option${known.length > 0 ? `, but ${known.join(', ')}` : ''}; leave it out`,
      )
    }
    if (isSecret(value)) throw invalid(`volumes.${name}.options.${option} is no secret; write it plainly`)
  }
  if (required === undefined) return
  const value = options[required]
  const isName = kind === 'host' || (typeof value === 'string' && OBJECT_NAME.test(value))
  if (typeof value !== 'string' || !isName) {
    throw invalid(
      `volumes.${name}: names no ${kind === 'host' ? 'directory' : kind} of the cluster; write options: ${example}`,
    )
  }
}

/** Either an own content, or one that is in the cluster. */
function validateSecretVolume(name: string, { options = {} }: VolumeSpec): void {
  const { secretName, ...parts } = options
  if (secretName !== undefined) {
    if (typeof secretName !== 'string' || !OBJECT_NAME.test(secretName) || Object.keys(parts).length > 0) {
      throw invalid(
        `volumes.${name}: secretName must be the name of a Secret of the namespace, and stand alone`,
      )
    }
    return
  }
  if (Object.keys(parts).length === 0) {
    throw invalid(
      `volumes.${name}: holds nothing; write options: { 'password.txt': secret('…') }, or { secretName: 'of-the-cluster' }`,
    )
  }
  for (const path of Object.keys(parts)) {
    if (path.startsWith('/') || path.split('/').includes('..')) {
      throw invalid(
        `volumes.${name}.options: '${path}' must be the path of a file within the volume, such as 'password.txt'`,
      )
    }
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
