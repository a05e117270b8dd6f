import type { Capabilities } from '../../src/contract/capabilities.ts'
import type { GroupPlan } from '../../src/contract/group-plan.ts'
import { BerthError } from '../../src/errors/berth-error.ts'
import { planGroup } from '../../src/spec/plan-group.ts'
import { engineData } from '../types/invented-clouds.ts'

/** Plans a spec for a cloud with a token of its own. */
export function plan(
  spec: unknown,
  capabilities: Capabilities = engineData,
  token = 'a token',
): Promise<GroupPlan> {
  return planGroup(spec, {
    capabilities,
    providerName: 'here',
    token,
    owner: 'machine.boot.1',
    leaseInMs: 60_000,
    nowInMs: 1_700_000_000_500,
  })
}

/** The error with which a spec is refused. Fails where it is taken. */
export async function refusal(spec: unknown, capabilities: Capabilities = engineData): Promise<BerthError> {
  const outcome = await plan(spec, capabilities).catch((error: unknown) => error)
  if (BerthError.isInstance(outcome)) return outcome
  throw new Error('the spec should have been refused with a BerthError', { cause: outcome })
}

/** What is wrong with a spec, each as `path: text`. */
export async function problemsOf(spec: unknown, capabilities: Capabilities = engineData): Promise<string[]> {
  const { message } = await refusal(spec, capabilities)
  const single = /^the spec for 'here' is refused: (.*)$/s.exec(message)
  return single === null ? message.split('\n  ').slice(1) : [single[1] ?? '']
}
