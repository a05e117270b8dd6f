import type { TokenCredential } from '@azure/core-auth'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'

/** The SDK's own policy refuses every address without TLS, this machine's too, where nobody can listen on the way. */
export function loopbackTokenPolicy(credential: TokenCredential, scope: string): PipelinePolicy {
  return {
    name: 'berthLoopbackToken',
    async sendRequest(request, next) {
      const token = await credential.getToken(scope, {})
      if (token !== null) request.headers.set('authorization', `Bearer ${token.token}`)
      return await next(request)
    },
  }
}
