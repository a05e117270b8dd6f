import type { IncomingHttpHeaders } from 'node:http'
import type { SignatureFlaw } from './signature-flaw.ts'

/** What an Authorization header of Signature Version 4 says. */
export interface Authorization {
  readonly accessKeyId: string
  /** `20261126` */
  readonly date: string
  readonly region: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const FORM =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/

export function readAuthorization({ authorization }: IncomingHttpHeaders): Authorization | SignatureFlaw {
  if (authorization === undefined) return { kind: 'missing', message: 'Missing Authentication Token' }
  const [, accessKeyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] =
    FORM.exec(authorization) ?? []
  if (signature === '') {
    const message =
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
    return { kind: 'incomplete', message }
  }
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature }
}
