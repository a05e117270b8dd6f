import { BerthError, isSecretRef, type PlannedContainer } from '@berth/core'

const SECRET_ARN = /^arn:[\w-]+:(?:secretsmanager|ssm):[\w-]*:\d*:\S+$/
const PARAMETER_NAME = /^[\w./-]+$/

/** Refuses what the service cannot say of one container. */
export function validateContainer({ name, env, health, image }: PlannedContainer): void {
  if (health !== undefined && health.probe.kind !== 'exec') {
    throw new BerthError({
      code: 'unsupported',
      message: `${name}: health.probe: ecs checks health by a command in the container only, not by ${health.probe.kind}; write exec([...])`,
    })
  }
  for (const [variable, value] of Object.entries(env)) {
    if (!isSecretRef(value)) continue
    if (SECRET_ARN.test(value.reference) || PARAMETER_NAME.test(value.reference)) continue
    throw invalid(
      `${name}: env.${variable}: secretRef('${value.reference}') names no secret; write the ARN of one in Secrets Manager or Parameter Store`,
    )
  }
  if (image.length > 255) throw invalid(`${name}: image: ecs takes names of up to 255 characters`)
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
