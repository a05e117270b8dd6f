import { createHash } from 'node:crypto'
import type { WireRequest } from '../../server/wire-message.ts'

/** A request in the one form that is signed, by AWS' description of Signature Version 4. */
export function canonicalRequest(
  { method, url, headers, body }: WireRequest,
  signedHeaders: readonly string[],
): string {
  return [
    method,
    canonicalPath(url.pathname),
    canonicalQuery(url.searchParams),
    ...signedHeaders.map((name) => `${name}:${headerText(headers[name])}`),
    '',
    signedHeaders.join(';'),
    sha256(body),
  ].join('\n')
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Every service but S3 has what is encoded already encoded once more. */
function canonicalPath(path: string): string {
  return path.split('/').map(encode).join('/')
}

function canonicalQuery(parameters: URLSearchParams): string {
  return [...parameters]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function headerText(value: string | readonly string[] | undefined): string {
  return [value ?? '']
    .flat()
    .map((one) => one.trim().replace(/ +/g, ' '))
    .join(',')
}
