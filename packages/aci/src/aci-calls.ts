import { BerthError, type CallContext, delay, hearAnswers } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import type { AciLimit } from './aci-pacing.ts'
import { FRONT_END } from './aci-stamps.ts'
import type { Tags } from './aci-tags.ts'
import type { ArmAnswer, ArmClient, ArmRequest } from './arm/arm-client.ts'
import { ArmError } from './arm/arm-error.ts'
import type { ContainerGroup, Operation } from './arm/container-group.ts'
import { isAbsent } from './map-aci-error.ts'

/** Whoever is to wait longer is told so instead. */
const LONGEST_QUIET_MS = 120_000

/** A container group with the answer that told of it. */
export interface AnsweredGroup {
  readonly group: ContainerGroup
  readonly answer: ArmAnswer
}

/** One group with the states of its containers; null where it is not there. */
export async function getGroup(
  account: AciAccount,
  ref: string,
  context: CallContext,
): Promise<AnsweredGroup | null> {
  try {
    const answer = await send(account, context, 'reads', {
      method: 'GET',
      path: await account.groupPath(ref),
    })
    return { group: answer.body as ContainerGroup, answer }
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** All groups of the resource group, without the states of their containers, each with the answer that it stood in. */
export async function listGroups(account: AciAccount, context: CallContext): Promise<AnsweredGroup[]> {
  const groups: AnsweredGroup[] = []
  let next: string | undefined = await account.groupPath('')
  while (next !== undefined) {
    const answer: ArmAnswer = await send(account, context, 'reads', { method: 'GET', path: next })
    const page = answer.body as {
      readonly value?: readonly ContainerGroup[]
      readonly nextLink?: string | null
    }
    for (const group of page.value ?? []) groups.push({ group, answer })
    next = page.nextLink || undefined
  }
  return groups
}

/** Orders a group. Not cut short by the signal: what it has made must be known. */
export async function putGroup(
  account: AciAccount,
  ref: string,
  group: ContainerGroup,
  context: CallContext,
): Promise<AnsweredGroup> {
  const answer = await send(account, context, 'creates', {
    method: 'PUT',
    path: await account.groupPath(ref),
    body: group,
    uncut: true,
  })
  return { group: answer.body as ContainerGroup, answer }
}

/** Asks for a group's end. False where it was not there. */
export async function deleteGroup(account: AciAccount, ref: string, context: CallContext): Promise<boolean> {
  try {
    const answer = await send(account, context, 'deletes', {
      method: 'DELETE',
      path: await account.groupPath(ref),
    })
    return answer.status !== 204
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}

/** Sets all tags of a group: whether the service adds those it is given or takes them for all there are, it comes to the same. */
export async function patchTags(
  account: AciAccount,
  ref: string,
  tags: Tags,
  context: CallContext,
): Promise<void> {
  await send(account, context, 'writes', {
    method: 'PATCH',
    path: await account.groupPath(ref),
    body: { tags },
  })
}

/** Orders a group to stop, to start or to do both. */
export async function postGroup(
  account: AciAccount,
  ref: string,
  action: 'stop' | 'start' | 'restart',
  context: CallContext,
): Promise<void> {
  await send(account, context, 'writes', {
    method: 'POST',
    path: `${await account.groupPath(ref)}/${action}`,
  })
}

/** What became of a creating call; null where the service no longer knows. */
export async function getOperation(
  account: AciAccount,
  address: string,
  context: CallContext,
): Promise<Operation | null> {
  try {
    return (await send(account, context, 'reads', { method: 'GET', path: address })).body as Operation
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** One of the SDK's typed operations on a container. */
export async function callContainer<T>(
  account: AciAccount,
  context: CallContext,
  {
    ref,
    container,
    what,
  }: { readonly ref: string; readonly container: string; readonly what: 'logs' | 'exec' | 'attach' },
  work: (
    containers: Containers,
    resourceGroup: string,
    options: { readonly abortSignal: AbortSignal },
  ) => Promise<T>,
): Promise<T> {
  const [arm, { resourceGroup }] = await Promise.all([account.arm(), account.place()])
  const path = `${await account.groupPath(ref)}/containers/${container}/${what}`
  return await paced(account, context, what === 'logs' ? 'reads' : 'writes', () =>
    arm.call(what === 'logs' ? 'GET' : 'POST', path, context.signal, (client, abortSignal) =>
      work(client.containers, resourceGroup, { abortSignal }),
    ),
  )
}

type Containers = Parameters<Parameters<ArmClient['call']>[3]>[0]['containers']

/** Any other request, at the pace of its kind. */
export async function send(
  account: AciAccount,
  context: CallContext,
  limit: AciLimit,
  { uncut = false, ...request }: ArmRequest & { readonly uncut?: boolean },
): Promise<ArmAnswer> {
  const arm = await account.arm()
  return await paced(account, context, limit, () =>
    arm.send({ ...request, ...(!uncut && { signal: context.signal }) }),
  )
}

/** Keeps within what the service allows, and, where it has refused a call for being one too many, as still as it asked for. */
async function paced<T>(
  account: AciAccount,
  context: CallContext,
  limit: AciLimit,
  work: () => Promise<T>,
): Promise<T> {
  await context.pace(limit)
  const quietForMs = (account.quietUntil.get(limit) ?? 0) - performance.now()
  if (quietForMs > LONGEST_QUIET_MS) {
    throw new BerthError({
      code: 'rate-limited',
      message: `the service takes no more ${limit} of this subscription for ${Math.ceil(quietForMs / 1_000)} s; try again then`,
      retryAfterInMs: quietForMs,
    })
  }
  if (quietForMs > 0) await delay(quietForMs, context.signal)
  context.signal.throwIfAborted()
  try {
    return (await hearAnswers(context, FRONT_END, work)).output
  } catch (error) {
    if (ArmError.isInstance(error) && error.status === 429 && error.retryAfterInMs !== undefined) {
      account.quietUntil.set(limit, performance.now() + error.retryAfterInMs)
    }
    throw error
  }
}
