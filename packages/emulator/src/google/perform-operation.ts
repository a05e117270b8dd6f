import type { FaultEffect } from '../fault/fault-rule.ts'
import { authenticate } from './authenticate.ts'
import { GoogleError } from './google-error.ts'
import type { GoogleOperation } from './google-operation.ts'
import type { GoogleAccount } from './google-options.ts'
import { refuseByFault } from './refuse-by-fault.ts'
import type { TokenIssuer } from './token-issuer.ts'

export interface GoogleParts {
  readonly account: GoogleAccount
  readonly issuer: TokenIssuer
  readonly operations: readonly GoogleOperation[]
}

/** What one call of an operation says, by whichever protocol it came. */
export interface GoogleCall {
  readonly authorization: string | undefined
  readonly parameters: Readonly<Record<string, string>>
  readonly effects: readonly FaultEffect[]
}

/** Carries a call out: who calls, for which project, and what is answered. Throws `GoogleError`. */
export function performOperation(
  operation: GoogleOperation,
  { authorization, parameters, effects }: GoogleCall,
  { account, issuer }: GoogleParts,
): object {
  authenticate(authorization, issuer)
  const { project = '' } = parameters
  if (project !== account.project) {
    const permission = `container.${operation.nameParameter === 'cluster' ? 'clusters.get' : 'clusters.list'}`
    throw new GoogleError(
      'PERMISSION_DENIED',
      `Required "${permission}" permission(s) for "projects/${project}".`,
    )
  }
  refuseByFault(effects)
  return operation.handle({ parameters, effects })
}
