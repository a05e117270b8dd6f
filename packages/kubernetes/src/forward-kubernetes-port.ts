import type { Duplex } from 'node:stream'
import type { CallContext } from '@berth/core'
import { forwardPort } from './cluster/forwarded-port.ts'
import type { KubernetesHost } from './kubernetes-host.ts'

/** A connection to a port of a run, declared or not, by way of the API server and the node. */
export async function forwardKubernetesPort(
  host: KubernetesHost,
  ref: string,
  port: number,
  context: CallContext,
): Promise<Duplex> {
  const request = {
    method: 'POST',
    path: `${await host.path('pods', ref)}/portforward`,
    signal: context.signal,
  } as const
  return await forwardPort(host.client, request, port)
}
