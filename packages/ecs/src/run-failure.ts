import type { Failure } from '@aws-sdk/client-ecs'
import { BerthError } from '@berth/core'
import { meaningOfReason } from './stopped-reason.ts'

/** What it means that an order was answered with a failure in place of a task: the service says so with status 200. */
export function mapRunFailure(failure: Failure | undefined, subject: string): BerthError {
  const words = [failure?.reason, failure?.detail].filter(Boolean).join(': ') || 'no task, and no reason why'
  const meaning = meaningOfReason(words)
  return new BerthError({
    code: meaning?.code ?? 'unavailable',
    message: `${subject}: ${words.trim().replace(/\.$/, '')}: ${meaning?.advice ?? 'the service started no task; try again'}`,
    retryable: meaning?.retryable,
  })
}
