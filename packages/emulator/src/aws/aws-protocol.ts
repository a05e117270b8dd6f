import type { WireRequest, WireResponse } from '../server/wire-message.ts'
import type { AwsError } from './aws-error.ts'
import type { SignatureFlaw } from './signature/signature-flaw.ts'

/** How a family of services is spoken to. */
export interface AwsProtocol {
  /** The operation that a request names, where it is one of this service; null where it is another's. */
  operationOf(wire: WireRequest): string | null
  /** Throws `AwsError` where it cannot be read. */
  parse(wire: WireRequest): unknown
  render(operation: string, output: object): WireResponse
  renderError(error: AwsError): WireResponse
  unknownOperation(operation: string): AwsError
  /** What is said of a request that is not, or not well, signed. */
  refuseSignature(flaw: SignatureFlaw): AwsError
}
