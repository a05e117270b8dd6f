import { BerthError } from '@berth/core'
import { type AciSubject, CAPACITY_ADVICE, isCapacityCode } from './aci-error-meaning.ts'
import type { ContainerGroup, GroupEvent, Operation } from './arm/container-group.ts'
import { failureOfWords, findContainerFailure } from './find-container-failure.ts'

/**
 * Why a start can no longer succeed, from what the service says of the group and, where it was asked, of the creating operation; undefined
 * while it still can. The service itself never gives up before 30 minutes, whatever the reason.
 */
export function findAciFailure(
  group: ContainerGroup,
  subject: AciSubject,
  operation?: Operation,
): BerthError | undefined {
  const { instanceView, initContainers = [], containers } = group.properties
  const events = [...(instanceView?.events ?? []), ...(operation?.properties?.events ?? [])]
  return (
    capacityFailure(events, operation, subject) ??
    [...initContainers, ...containers]
      .map((container) => findContainerFailure(container, group, subject))
      .find((failure) => failure !== undefined) ??
    operationFailure(group, operation, subject)
  )
}

function capacityFailure(
  events: readonly GroupEvent[],
  operation: Operation | undefined,
  { ref, location }: AciSubject,
): BerthError | undefined {
  const event = events.find(({ name }) => isCapacityCode(name))
  const error = isCapacityCode(operation?.error?.code) ? operation?.error : undefined
  if (event === undefined && !error) return undefined
  const words = (event?.message || error?.message || 'no capacity is left').trim().replace(/\.$/, '')
  return new BerthError({
    code: 'capacity',
    message: `${ref}: ${words}${location === undefined ? '' : ` (${location})`}: ${CAPACITY_ADVICE}`,
  })
}

/** The service has given up: its last warning says why, as that of a container would. */
function operationFailure(
  group: ContainerGroup,
  operation: Operation | undefined,
  subject: AciSubject,
): BerthError | undefined {
  if (operation?.status !== 'Failed' && operation?.status !== 'Canceled') return undefined
  const warning = (operation.properties?.events ?? []).findLast(({ type }) => type === 'Warning')
  const words =
    operation.error?.message || warning?.message || `its state is ${group.properties.provisioningState}`
  const { containers, initContainers = [] } = group.properties
  const all = [...containers, ...initContainers]
  const container = all.find(({ properties }) => words.includes(properties.image ?? '\0')) ?? all[0]
  return (
    (container && failureOfWords(container, words, subject)) ??
    new BerthError({
      code: 'start-failed',
      message: `${subject.ref}: the service could not start it: ${words.trim().replace(/\.$/, '')}: see the events in the error's evidence`,
    })
  )
}
