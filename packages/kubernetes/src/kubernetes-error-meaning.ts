import type { BerthErrorCode } from '@berth/core'
import type { ClusterError } from './cluster/cluster-error.ts'
import { anyKubernetes, type KubernetesFlavour } from './kubernetes-flavour.ts'

/** What a failure means, and what to do about it. */
export interface Meaning {
  readonly code: BerthErrorCode
  readonly advice?: string | undefined
  readonly retryable?: boolean | undefined
}

/** What a failed call was about, for the message. */
export interface KubernetesSubject {
  /** The run: `web-1a2b`. */
  readonly ref?: string | undefined
  readonly image?: string | undefined
  readonly namespace?: string | undefined
  /** In whose words it is told. Default: Kubernetes' own. */
  readonly flavour?: KubernetesFlavour | undefined
}

/** What a refused or broken call means, by the status, the server's own word, and its text. */
export function meaningOf(error: ClusterError, subject: KubernetesSubject): Meaning {
  const { name, signIn } = subject.flavour ?? anyKubernetes
  if (error.status === undefined) return connectionMeaning(error)
  const named = namedMeaning(error, subject)
  if (named) return named
  switch (error.status) {
    case 400:
    case 413:
    case 422:
      return { code: 'invalid-spec' }
    case 401:
      return {
        code: 'authentication',
        advice: `the cluster does not know these credentials; ${signIn}`,
      }
    case 403:
      return {
        code: 'permission',
        advice: `give this account the role in docs/providers/${name}.md on the namespace`,
      }
    case 404:
      return { code: 'not-found' }
    case 409:
      return { code: 'conflict' }
    case 429:
      return { code: 'rate-limited' }
    case 501:
      return { code: 'unsupported' }
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
      return { code: 'unavailable' }
    default:
      return { code: 'internal' }
  }
}

/** What the text alone tells. */
function namedMeaning(
  { message, status }: ClusterError,
  { namespace, flavour = anyKubernetes }: KubernetesSubject,
): Meaning | undefined {
  const { name } = flavour
  const account = /error looking up service account (\S+): /.exec(message)?.[1]
  if (account !== undefined) {
    return {
      code: 'not-found',
      advice: `create it (kubectl create serviceaccount), or name another: options.${name}.serviceAccountName`,
    }
  }
  const missing = /namespaces "([^"]+)" not found/.exec(message)?.[1]
  if (missing !== undefined) {
    return {
      code: 'not-found',
      advice: `create it: kubectl create namespace ${missing}; or name another: ${name}({ namespace: '…' })`,
    }
  }
  if (/exceeded quota/.test(message)) {
    return {
      code: 'quota',
      advice: `remove runs that are no longer needed (berth sweep), or ask for less; kubectl describe quota -n ${namespace ?? '<namespace>'} tells what is left`,
    }
  }
  if (/violates PodSecurity|PodSecurityPolicy|pod security/i.test(message)) {
    return {
      code: 'permission',
      advice: `the namespace demands more isolation; set options.${name}.securityContext and containerSecurityContext, or use another namespace`,
    }
  }
  if (/admission webhook .* denied the request/.test(message)) {
    return { code: 'permission', advice: 'a policy of the cluster forbids it; its text says what it demands' }
  }
  if (/is being terminated/.test(message) && status === 403) {
    return { code: 'conflict', advice: 'the namespace is being deleted; name another' }
  }
  if (/object is being deleted/.test(message)) {
    return { code: 'conflict', retryable: true, advice: 'one of the same name is just being removed' }
  }
  return undefined
}

function connectionMeaning({ reason, sent }: ClusterError): Meaning {
  switch (reason) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      // The cluster is not there at all: repeating at once helps nobody.
      return {
        code: 'unavailable',
        retryable: false,
        advice: 'is the cluster up, and is there a way to it from here? kubectl cluster-info asks the same',
      }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'CERT_HAS_EXPIRED':
      return {
        code: 'authentication',
        advice:
          "the server's certificate is not the one that the kubeconfig promises (certificate-authority)",
      }
    default:
      return { code: 'unavailable', retryable: sent || reason === 'ETIMEDOUT' }
  }
}
