import { randomUUID } from 'node:crypto'
import type { WireRequest, WireResponse } from '../server/wire-message.ts'
import { AwsError } from './aws-error.ts'
import type { AwsProtocol } from './aws-protocol.ts'
import { parseQuery } from './parse-query.ts'
import { renderXml } from './render-xml.ts'
import type { SignatureFlaw } from './signature/signature-flaw.ts'

/** AWS' query protocol: parameters in a form, XML back. */
export interface QueryDialect {
  /** Every service has its own, so that it tells them apart. */
  readonly version: string
  readonly namespace: string
  /** EC2 has shapes of its own for answers and errors. */
  readonly isEc2: boolean
}

export function queryProtocol({ version, namespace, isEc2 }: QueryDialect): AwsProtocol {
  return {
    operationOf(wire) {
      const parameters = parametersOf(wire)
      return parameters.get('Version') === version ? (parameters.get('Action') ?? '') : null
    },
    parse: (wire) => parseQuery(parametersOf(wire)),
    render(operation, output) {
      const requestId = randomUUID()
      const content = isEc2
        ? { requestId, ...output }
        : { [`${operation}Result`]: output, ResponseMetadata: { RequestId: requestId } }
      return respond(200, requestId, `${operation}Response`, content, isEc2 ? 'item' : 'member', namespace)
    },
    renderError({ status, code, message }) {
      const requestId = randomUUID()
      if (isEc2) {
        const content = { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId }
        return respond(status, requestId, 'Response', content, 'item')
      }
      const type = status < 500 ? 'Sender' : 'Receiver'
      const content = { Error: { Type: type, Code: code, Message: message }, RequestId: requestId }
      return respond(status, requestId, 'ErrorResponse', content, 'member', namespace)
    },
    unknownOperation: (operation) =>
      new AwsError(
        400,
        'InvalidAction',
        isEc2
          ? `The action ${operation} is not valid for this web service.`
          : `Could not find operation ${operation} for version ${version}`,
      ),
    refuseSignature: (flaw) =>
      isEc2 ? refuseAsEc2(flaw) : new AwsError(...REFUSALS[flaw.kind], flaw.message),
  }
}

const REFUSALS: Readonly<Record<SignatureFlaw['kind'], readonly [status: number, code: string]>> = {
  missing: [403, 'MissingAuthenticationToken'],
  incomplete: [400, 'IncompleteSignature'],
  'unknown-key': [403, 'InvalidClientTokenId'],
  mismatch: [403, 'SignatureDoesNotMatch'],
  expired: [403, 'SignatureDoesNotMatch'],
}

/** EC2 does not say what is wrong with a signature. */
function refuseAsEc2({ kind }: SignatureFlaw): AwsError {
  switch (kind) {
    case 'missing':
      return new AwsError(
        400,
        'MissingParameter',
        'The request must contain the parameter AWSAccessKeyId or a valid signature',
      )
    case 'expired':
      return new AwsError(400, 'RequestExpired', 'Request has expired.')
    default:
      return new AwsError(401, 'AuthFailure', 'AWS was not able to validate the provided access credentials')
  }
}

function parametersOf({ method, url, body }: WireRequest): URLSearchParams {
  return method === 'GET' ? url.searchParams : new URLSearchParams(body.toString())
}

function respond(
  status: number,
  requestId: string,
  root: string,
  content: object,
  itemName: string,
  namespace?: string,
): WireResponse {
  return {
    status,
    headers: { 'Content-Type': 'text/xml;charset=UTF-8', 'x-amzn-RequestId': requestId },
    body: renderXml(root, content, { itemName, namespace }),
  }
}
