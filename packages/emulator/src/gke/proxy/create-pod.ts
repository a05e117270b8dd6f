import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Admission, PodBody } from '../autopilot/pod-body.ts'
import { forwardRequest } from './forward-request.ts'
import { refuse } from './refuse.ts'
import type { Upstream } from './upstream.ts'

/** Whether a request makes a Pod. */
export function isPodCreation({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && /^\/api\/v1\/namespaces\/[^/]+\/pods\/?(?:\?|$)/.test(url)
}

/** Hands a new Pod on as its admission has made it, or refuses it. What is no JSON, the cluster itself judges. */
export async function createPod(
  message: IncomingMessage,
  response: ServerResponse,
  admitPod: (pod: PodBody) => Admission,
  parts: { readonly upstream: Upstream; readonly description: string },
): Promise<void> {
  const body = await buffer(message).catch(() => undefined)
  if (body === undefined) return
  const pod = readPod(body)
  const admission = pod && admitPod(pod)
  if (admission && 'refusal' in admission) refuse(response, admission.refusal, parts.description)
  else forwardRequest(message, response, parts, admission ? Buffer.from(JSON.stringify(admission.pod)) : body)
}

function readPod(body: Buffer): PodBody | undefined {
  try {
    const pod = JSON.parse(body.toString()) as PodBody
    return Array.isArray(pod?.spec?.containers) ? pod : undefined
  } catch {
    return undefined
  }
}
