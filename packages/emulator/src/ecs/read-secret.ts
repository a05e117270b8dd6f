import { TaskFailure } from './task-failure.ts'

/**
 * What a `valueFrom` names: a parameter by name or ARN, a secret by ARN, or one key of a secret that holds JSON.
 * @throws TaskFailure where it is not there
 */
export function readSecret(valueFrom: string, secrets: Readonly<Record<string, string>>): string {
  const whole = secrets[valueFrom]
  if (whole !== undefined) return whole
  // arn:aws:secretsmanager:region:account:secret:name:json-key:version-stage:version-id
  const parts = valueFrom.split(':')
  const secret = secrets[parts.slice(0, 7).join(':')]
  const key = parts[7]
  if (secret === undefined)
    throw new TaskFailure(
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): ResourceNotFoundException: Secrets Manager can't find the specified secret: ${valueFrom}`,
    )
  if (!key) return secret
  const value: unknown = (JSON.parse(secret) as Record<string, unknown>)[key]
  if (value !== undefined) return String(value)
  throw new TaskFailure(
    `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key ${key}`,
  )
}
