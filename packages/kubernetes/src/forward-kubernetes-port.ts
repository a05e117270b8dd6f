import type { Duplex } from 'node:stream'
import { PortForwarder } from './cluster/port-forwarder.ts'
import type { KubernetesHost } from './kubernetes-host.ts'

/** A connection to a port of a run, declared or not, by way of the API server and the node. */
export async function forwardKubernetesPort(
  host: KubernetesHost,
  ref: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  const path = `${await host.path('pods', ref)}/portforward`
  signal.throwIfAborted()
  const forwarder = host.forwarders.get(ref) ?? new PortForwarder(host.client, path)
  host.forwarders.set(ref, forwarder)
  return await forwarder.connect(port)
}
