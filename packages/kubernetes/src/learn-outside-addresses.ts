import type { CallContext } from '@berth/core'
import type { Pod } from './cluster/pod.ts'
import type { Service } from './cluster/service.ts'
import { call } from './kubernetes-calls.ts'
import { type KubernetesHost, viewOf } from './kubernetes-host.ts'
import { readExposure, readParts } from './kubernetes-tags.ts'
import { openLocalPorts } from './local-ports.ts'
import { serviceAddresses } from './map-kubernetes-addresses.ts'
import { isAbsent } from './map-kubernetes-error.ts'

/** Whether a run is reached through a Service whose address is not known yet. */
export function awaitsService(host: KubernetesHost, ref: string, pod: Pod): boolean {
  return readParts(pod.metadata).includes('service') && viewOf(host, ref).outsideAddresses.length === 0
}

/**
 * Finds out where a run is reached from outside the cluster's network, where that is not known: asks for its Service, or opens the ports of this
 * machine that lead to it. Gives whether it is known now and was not before.
 */
export async function learnOutsideAddresses(
  host: KubernetesHost,
  ref: string,
  pod: Pod,
  context: CallContext,
): Promise<boolean> {
  if (viewOf(host, ref).outsideAddresses.length > 0) return false
  if (readExposure(pod.metadata) === 'local') await openOnce(host, ref, pod)
  else if (awaitsService(host, ref, pod)) await askService(host, ref, pod, context)
  return viewOf(host, ref).outsideAddresses.length > 0
}

async function openOnce(host: KubernetesHost, ref: string, pod: Pod): Promise<void> {
  const opening = host.localPorts.get(ref) ?? openLocalPorts(host, ref, pod)
  host.localPorts.set(ref, opening)
  viewOf(host, ref).outsideAddresses = (await opening).addresses
}

async function askService(host: KubernetesHost, ref: string, pod: Pod, context: CallContext): Promise<void> {
  try {
    const path = await host.path('services', ref)
    const { object } = await call<Service>(host, context, { method: 'GET', path })
    viewOf(host, ref).outsideAddresses = serviceAddresses(object, pod.status?.hostIP)
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
}
