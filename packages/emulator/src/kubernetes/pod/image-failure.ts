import type { ImageError } from '../../backend/backend.ts'

/** As containerd and the kubelet word it; the last part is the registry's own, or its HTTP client's. */
export function imageFailure(image: string, { reason, message }: ImageError): string {
  const resolving = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": `
  const unknown = `rpc error: code = Unknown desc = ${resolving}`
  switch (reason) {
    case 'not-found':
      return `rpc error: code = NotFound desc = ${resolving}${image}: not found`
    case 'unauthorized':
      return `${unknown}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`
    case 'rate-limited':
      return `${unknown}unexpected status from HEAD request: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.`
    case 'unreachable':
      return `${unknown}failed to do request: Head "https://${image.split('/')[0]}/v2/": dial tcp: connect: connection refused`
    case 'invalid-name':
      return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format: ${message}`
  }
}
