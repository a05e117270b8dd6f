import { ArmError } from './arm-error.ts'
import { type AzureAccount, isUuid } from './azure-options.ts'

/** Throws where there is no such subscription. */
export function checkSubscription(subscriptionId: string, { subscriptions }: AzureAccount): void {
  if (!isUuid(subscriptionId))
    throw new ArmError(
      400,
      'InvalidSubscriptionId',
      `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
    )
  if (!subscriptions.some((id) => id.toLowerCase() === subscriptionId.toLowerCase()))
    throw new ArmError(
      404,
      'SubscriptionNotFound',
      `The subscription '${subscriptionId}' could not be found.`,
    )
}
