import { createHash } from 'node:crypto'
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { BerthError, type CallContext, delay } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { DefinitionContent } from './convert-plan-to-ecs.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { FAMILY_PREFIX, SETUP_NAME } from './ecs-names.ts'
import { toTags } from './ecs-tags.ts'
import { shared } from './shared.ts'

const HASH_DIGITS = 40
const TRIES = 8
const PAUSE_IN_MS = 300

/** The tag by which our task definitions are known. */
export const DEFINITION_TAG = 'berth-definition'

/**
 * The ARN of a task definition that says this, registered at its first use and found again by its family, which is called by a hash of what it
 * says. Whoever asks at the same time shares the answer.
 */
export async function defineTask(
  account: EcsAccount,
  content: DefinitionContent,
  context: CallContext,
): Promise<string> {
  const family = familyOf(content)
  return await shared(account.definitions, family, context, () =>
    findOrRegister(account, family, content, context),
  )
}

/** Forgets a definition that the service no longer takes: somebody has removed it. */
export function forgetDefinition(account: EcsAccount, content: DefinitionContent): void {
  account.definitions.delete(familyOf(content))
}

/** What a task definition says; undefined where it is gone. */
export async function readDefinition(
  account: EcsAccount,
  arn: string,
  context: CallContext,
): Promise<TaskDefinition | undefined> {
  return await shared(account.definitionContents, arn, context, () => describe(account, arn, context))
}

/** What a definition is called: the same for all that say the same. */
export function familyOf(content: DefinitionContent): string {
  const hash = createHash('sha256').update(canonical(content)).digest('hex').slice(0, HASH_DIGITS)
  return FAMILY_PREFIX + hash
}

async function findOrRegister(
  account: EcsAccount,
  family: string,
  content: DefinitionContent,
  context: CallContext,
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const found = await describe(account, family, context)
    if (found?.status === 'ACTIVE' && found.taskDefinitionArn !== undefined) {
      account.definitionContents.set(found.taskDefinitionArn, Promise.resolve(found))
      return found.taskDefinitionArn
    }
    try {
      const { output } = await callEcs(
        account,
        context,
        'RegisterTaskDefinition',
        'definitions',
        (ecs, options) =>
          ecs.registerTaskDefinition(
            { ...content, family, tags: toTags({ [DEFINITION_TAG]: SETUP_NAME }) },
            options,
          ),
      )
      const { taskDefinition } = output
      const arn = taskDefinition?.taskDefinitionArn
      if (arn === undefined)
        throw new BerthError({ code: 'internal', message: `RegisterTaskDefinition told no ARN of ${family}` })
      account.definitionContents.set(arn, Promise.resolve(taskDefinition))
      return arn
    } catch (error) {
      // Somebody else registers the very same at this moment.
      if (!isConcurrent(error) || tries >= TRIES) throw error
      await delay(PAUSE_IN_MS * (0.5 + Math.random()), context.signal)
    }
  }
}

async function describe(
  account: EcsAccount,
  taskDefinition: string,
  context: CallContext,
): Promise<TaskDefinition | undefined> {
  try {
    const { output } = await callEcs(
      account,
      context,
      'DescribeTaskDefinition',
      'definition-reads',
      (ecs, options) => ecs.describeTaskDefinition({ taskDefinition }, options),
    )
    return output.taskDefinition
  } catch (error) {
    // The service has no other word for a family that it does not know.
    if (AwsError.isInstance(error) && error.code === 'ClientException') return undefined
    throw error
  }
}

function isConcurrent(error: unknown): boolean {
  return AwsError.isInstance(error) && /concurrent/i.test(error.message)
}

/** The same text for the same content, in whatever order its members stand. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [`${JSON.stringify(key)}:${canonical(member)}`],
  )
  return `{${members.toSorted().join(',')}}`
}
