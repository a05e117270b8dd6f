import type { CallContext } from '@berth/core'
import type { Pod } from './cluster/pod.ts'
import type { Service } from './cluster/service.ts'
import { call } from './kubernetes-calls.ts'
import { type KubernetesHost, viewOf } from './kubernetes-host.ts'
import { readParts } from './kubernetes-tags.ts'
import { serviceAddresses } from './map-kubernetes-addresses.ts'
import { isAbsent } from './map-kubernetes-error.ts'

/** Whether a run is reached through a Service whose address is not known yet. */
export function awaitsService(host: KubernetesHost, ref: string, pod: Pod): boolean {
  return readParts(pod.metadata).includes('service') && viewOf(host, ref).serviceAddresses.length === 0
}

/** Asks for the address of a run's Service, where it has one and it is not known. Gives whether it is known now and was not before. */
export async function learnServiceAddresses(
  host: KubernetesHost,
  ref: string,
  pod: Pod,
  context: CallContext,
): Promise<boolean> {
  if (!awaitsService(host, ref, pod)) return false
  try {
    const { object } = await call<Service>(host, context, {
      method: 'GET',
      path: await host.path('services', ref),
    })
    const view = viewOf(host, ref)
    view.serviceAddresses = serviceAddresses(object, pod.status?.hostIP)
    return view.serviceAddresses.length > 0
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}
