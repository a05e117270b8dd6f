import { parseEnv } from 'node:util'
import { type Secret, secret } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'
import type { ContainerFlags } from './container-flags.ts'
import { parseAssignment } from './parse-assignment.ts'
import { readLocalFile } from './read-local-file.ts'

/** The container's environment: files first, then `-e`, then secrets; the later wins. Throws UsageError. */
export async function readEnvironment(
  flags: Pick<ContainerFlags, 'env' | 'envFile' | 'envFrom' | 'secret'>,
): Promise<Readonly<Record<string, string | Secret>>> {
  const environment: Record<string, string | Secret> = {}
  for (const path of [...flags.envFile, ...flags.envFrom]) {
    Object.assign(environment, parseEnv((await readLocalFile(path, '--env-file')).toString('utf8')))
  }
  for (const text of flags.env) {
    const { key, value } = parseAssignment(text, '--env')
    environment[key] = value ?? fromOurOwn(key, '--env')
  }
  for (const text of flags.secret) {
    const { key, value } = parseAssignment(text, '--secret')
    environment[key] = secret(await secretValue(key, value))
  }
  return environment
}

async function secretValue(key: string, value: string | undefined): Promise<string> {
  if (value === undefined) return fromOurOwn(key, '--secret')
  if (!value.startsWith('@')) return value
  // Editors end a file with a line break, which no password has.
  return (await readLocalFile(value.slice(1), `--secret ${key}`)).toString('utf8').replace(/\r?\n$/, '')
}

function fromOurOwn(key: string, option: string): string {
  const value = process.env[key]
  if (value !== undefined) return value
  throw new UsageError(`${option} ${key}: no variable of that name is set here; write ${option} ${key}=VALUE`)
}
