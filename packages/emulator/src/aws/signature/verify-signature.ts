import { createHmac, timingSafeEqual } from 'node:crypto'
import type { MachineClock } from '../../clock/machine-clock.ts'
import type { WireRequest } from '../../server/wire-message.ts'
import type { AwsAccount } from '../aws-options.ts'
import { canonicalRequest, sha256 } from './canonical-request.ts'
import { type Authorization, readAuthorization } from './read-authorization.ts'
import { isFlaw, type SignatureFlaw } from './signature-flaw.ts'

/** How far a request's time may be from the front end's. */
const MOST_SKEW_IN_MS = 300_000

/** Who asks, and for which region; or what is wrong with how the request was signed. */
export function verifySignature(
  wire: WireRequest,
  service: string,
  { account, clock }: { readonly account: AwsAccount; readonly clock: MachineClock },
): Authorization | SignatureFlaw {
  const authorization = readAuthorization(wire.headers)
  if (isFlaw(authorization)) return authorization
  const { accessKeyId, signedHeaders } = authorization
  // These keys come without a session token: one that is sent belongs to others.
  if (accessKeyId !== account.accessKeyId || wire.headers['x-amz-security-token'] !== undefined)
    return { kind: 'unknown-key', message: 'The security token included in the request is invalid.' }
  const stamp = String(wire.headers['x-amz-date'] ?? '')
  if (!/^\d{8}T\d{6}Z$/.test(stamp))
    return {
      kind: 'incomplete',
      message: `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`,
    }
  const unsigned = ['host', 'x-amz-date'].find((name) => !signedHeaders.includes(name))
  if (unsigned !== undefined)
    return { kind: 'mismatch', message: `'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.` }
  const untimely = checkTime(stamp, clock.read())
  if (untimely) return untimely
  const wrongScope = checkScope(authorization, stamp, service)
  if (wrongScope) return wrongScope
  const expected = signatureOf(wire, authorization, stamp, account.secretAccessKey)
  if (timingSafeEqual(Buffer.from(expected), Buffer.from(authorization.signature))) return authorization
  return {
    kind: 'mismatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  }
}

function checkTime(stamp: string, nowInMs: number): SignatureFlaw | null {
  const signedAt = Date.parse(
    stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  )
  if (signedAt < nowInMs - MOST_SKEW_IN_MS) {
    const earliest = compact(nowInMs - MOST_SKEW_IN_MS)
    const message = `Signature expired: ${stamp} is now earlier than ${earliest} (${compact(nowInMs)} - 5 min.)`
    return { kind: 'expired', message }
  }
  if (signedAt > nowInMs + MOST_SKEW_IN_MS) {
    const latest = compact(nowInMs + MOST_SKEW_IN_MS)
    const message = `Signature not yet current: ${stamp} is still later than ${latest} (${compact(nowInMs)} + 5 min.)`
    return { kind: 'expired', message }
  }
  return null
}

function checkScope(
  { date, service: scoped }: Authorization,
  stamp: string,
  service: string,
): SignatureFlaw | null {
  if (date !== stamp.slice(0, 8))
    return {
      kind: 'mismatch',
      message: `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${stamp.slice(0, 8)}', from '${stamp}'.`,
    }
  if (scoped !== service)
    return { kind: 'mismatch', message: `Credential should be scoped to correct service: '${service}'. ` }
  return null
}

function signatureOf(
  wire: WireRequest,
  { date, region, service, signedHeaders }: Authorization,
  stamp: string,
  secretAccessKey: string,
): string {
  const scope = [date, region, service, 'aws4_request']
  const key = scope.reduce<string | Buffer>(
    (made, part) => createHmac('sha256', made).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  const text = [
    'AWS4-HMAC-SHA256',
    stamp,
    scope.join('/'),
    sha256(canonicalRequest(wire, signedHeaders)),
  ].join('\n')
  return createHmac('sha256', key).update(text).digest('hex')
}

/** `20261126T091500Z` */
function compact(atInMs: number): string {
  return new Date(atInMs).toISOString().replace(/[-:]|\.\d+/g, '')
}
