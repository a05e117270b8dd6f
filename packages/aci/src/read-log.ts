import { BerthError, type CallContext } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { callContainer, getGroup } from './aci-calls.ts'
import { ArmError } from './arm/arm-error.ts'
import { isJustOrdered } from './group-view.ts'
import { type LogSnapshot, readSnapshot } from './log-snapshot.ts'

const NOTHING: LogSnapshot = { lines: [], isWhole: true }

/** What the service still has of a container's log; nothing of one that has not begun. Throws `not-found` where there is no such container. */
export async function readLog(
  account: AciAccount,
  ref: string,
  container: string,
  tail: number | undefined,
  context: CallContext,
): Promise<LogSnapshot> {
  if (tail === 0) return NOTHING
  try {
    const { content = '' } = await callContainer(
      account,
      context,
      { ref, container, what: 'logs' },
      (containers, resourceGroup, options) =>
        containers.listLogs(resourceGroup, ref, container, {
          ...options,
          timestamps: true,
          ...(tail !== undefined && { tail }),
        }),
    )
    return readSnapshot(content, container)
  } catch (error) {
    if (
      !ArmError.isInstance(error) ||
      error.status === undefined ||
      error.status === 429 ||
      error.status >= 500
    ) {
      throw error
    }
    await refuseAbsent(account, ref, container, context)
    if (error.status === 401 || error.status === 403) throw error
    // There is such a container, but nothing of it yet.
    return NOTHING
  }
}

async function refuseAbsent(
  account: AciAccount,
  ref: string,
  container: string,
  context: CallContext,
): Promise<void> {
  const found = await getGroup(account, ref, context)
  if (found === null && isJustOrdered(account.views.get(ref))) return
  if (found === null)
    throw new BerthError({ code: 'not-found', message: `${ref} is not there, and no log of it` })
  const { containers, initContainers = [] } = found.group.properties
  const names = [...containers, ...initContainers].map(({ name }) => name)
  if (names.includes(container)) return
  throw new BerthError({
    code: 'not-found',
    message: `${ref} has no container ${container} whose log could be read, but ${names.join(', ')}`,
  })
}
