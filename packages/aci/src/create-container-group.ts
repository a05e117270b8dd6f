import { BerthError, type CreateContext, type Created, type GroupPlan, readOwnershipTags } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { type AnsweredGroup, getGroup, putGroup } from './aci-calls.ts'
import { convertPlanToAci } from './convert-plan-to-aci.ts'
import { imageOf, mapAciState } from './map-aci-state.ts'
import { plainLocation } from './plain-location.ts'
import { rememberGroup } from './remember-group.ts'

/** Makes a group in one call. Where it may be there already it is asked for first, for a second order would start it anew. */
export async function createContainerGroup(
  account: AciAccount,
  plan: GroupPlan,
  context: CreateContext,
): Promise<Created> {
  const { signal } = context
  await signIn(account, context)
  if (context.mayExist) {
    const there = await getGroup(account, plan.name, context)
    if (there) return adopt(account, plan, there)
  }
  const location = plainLocation(plan.region ?? (await account.location(signal)))
  const { group, notes } = await convertPlanToAci(plan, context.tags(), location)
  signal.throwIfAborted()
  const made = await putGroup(account, plan.name, group, context)
  const { sentAt, receivedAt } = made.answer
  context.evidence({
    kind: 'sighting',
    mark: 'accepted',
    earliest: sentAt,
    latest: receivedAt,
    source: 'create answer',
  })
  const observation = observe(account, plan.name, made, 'create answer')
  return { ref: plan.name, observation, existed: false, notes }
}

/** The SDK and the first token take longer than the call itself: who waits is told. */
async function signIn(account: AciAccount, { progress }: CreateContext): Promise<void> {
  const startedAt = performance.now()
  const arm = await account.arm()
  const loadedAt = performance.now()
  await arm.signIn()
  const signedInAt = performance.now()
  if (signedInAt - startedAt < 5) return
  const ms = (from: number, to: number) => `${Math.round(to - from)} ms`
  progress({
    step: 'create',
    text: `signed in (SDK ${ms(startedAt, loadedAt)}, access token ${ms(loadedAt, signedInAt)})`,
  })
}

function adopt(account: AciAccount, plan: GroupPlan, there: AnsweredGroup): Created {
  const tags = readOwnershipTags(there.group.tags)
  const sameToken = tags?.['berth-token'] === plan.tags['berth-token']
  if (!sameToken || tags['berth-spec'] !== plan.tags['berth-spec']) {
    throw new BerthError({
      code: 'conflict',
      message: sameToken
        ? `${plan.name} is there already, made with the same token from another spec; use another token, or remove it first`
        : `the name ${plan.name} is taken by a container group (${imageOf(there.group) ?? 'of no image'}) that is not of this run; remove it first, or use another name`,
    })
  }
  return {
    ref: plan.name,
    observation: observe(account, plan.name, there, 'group'),
    // One of this very owner was made by an earlier try whose answer was lost.
    existed: tags['berth-owner'] !== plan.tags['berth-owner'],
  }
}

function observe(account: AciAccount, ref: string, { group, answer }: AnsweredGroup, source: string) {
  const observation = mapAciState({ ref, group, receivedAt: answer.receivedAt, source })
  const isOrder = source === 'create answer'
  const operation = answer.header('azure-asyncoperation')
  rememberGroup(account, observation, group, isOrder ? { order: { operation } } : {})
  return observation
}
