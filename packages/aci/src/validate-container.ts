import { BerthError, isSecretRef, type PlannedContainer } from '@berth/core'

const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/

/** Refuses what the service cannot say of one container. */
export function validateContainer({ name, command, args, workingDirectory, env }: PlannedContainer): void {
  const hasCommand = command !== undefined && command.length > 0
  if (!hasCommand && args !== undefined && args.length > 0) {
    throw unsupported(
      `${name}: args: aci replaces an image's entrypoint and arguments together, so args alone cannot be; write the whole command`,
    )
  }
  if (!hasCommand && workingDirectory !== undefined) {
    throw unsupported(
      `${name}: workingDirectory: aci has no field for it, and goes there with a shell before the command; write the command too, or set WORKDIR in the image`,
    )
  }
  for (const [variable, value] of Object.entries(env)) {
    if (isSecretRef(value))
      throw unsupported(`${name}: env.${variable}: aci does not support secretRef; use secret()`)
    if (ENV_NAME.test(variable)) continue
    throw new BerthError({
      code: 'invalid-spec',
      message: `${name}: env.${variable}: aci takes names of up to 63 letters, digits and underscores, not beginning with a digit: write '${nearestName(variable)}'`,
    })
  }
}

function nearestName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 63)
  return /^\d/.test(plain) ? `_${plain.slice(0, 62)}` : plain
}

function unsupported(message: string): BerthError {
  return new BerthError({ code: 'unsupported', message })
}
