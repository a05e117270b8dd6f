import { randomUUID } from 'node:crypto'
import type { WireRequest, WireResponse } from '../server/wire-message.ts'
import { AwsError } from './aws-error.ts'
import type { AwsProtocol } from './aws-protocol.ts'
import type { SignatureFlaw } from './signature/signature-flaw.ts'

/** AWS JSON 1.1: the operation stands in a header, everything else in the body. */
export function jsonProtocol(targetPrefix: string): AwsProtocol {
  return {
    operationOf({ headers }) {
      const [prefix, operation = ''] = String(headers['x-amz-target'] ?? '').split('.')
      return prefix === targetPrefix ? operation : null
    },
    parse: parseObject,
    render: (_, output) => respond(200, output),
    renderError: ({ status, code, message, fields }) => respond(status, { __type: code, message, ...fields }),
    unknownOperation: () => new AwsError(400, 'UnknownOperationException', ''),
    refuseSignature: ({ kind, message }) => new AwsError(400, CODES[kind], message),
  }
}

const CODES: Readonly<Record<SignatureFlaw['kind'], string>> = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  mismatch: 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
}

function parseObject({ body }: WireRequest): unknown {
  try {
    const value: unknown = JSON.parse(body.length === 0 ? '{}' : body.toString())
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Said below: which character it was is of no use to anyone.
  }
  throw new AwsError(400, 'SerializationException', 'Start of structure or map found where not expected.')
}

function respond(status: number, body: object): WireResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': randomUUID() },
    body: JSON.stringify(body),
  }
}
