import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { Event, Secret } from '../objects/objects.ts'
import type { Pod } from '../objects/pod.ts'

/** What a field selector can ask of a Pod. */
export function podFields(object: KubernetesObject): Readonly<Record<string, string>> {
  const { spec, status } = object as Pod
  return {
    'spec.nodeName': spec.nodeName ?? '',
    'spec.restartPolicy': spec.restartPolicy ?? '',
    'spec.schedulerName': 'default-scheduler',
    'spec.serviceAccountName': spec.serviceAccountName ?? '',
    'status.phase': status?.phase ?? '',
    'status.podIP': status?.podIP ?? '',
  }
}

export function eventFields(object: KubernetesObject): Readonly<Record<string, string>> {
  const { involvedObject, reason, type, source, reportingComponent } = object as Event
  return {
    'involvedObject.kind': involvedObject.kind ?? '',
    'involvedObject.namespace': involvedObject.namespace ?? '',
    'involvedObject.name': involvedObject.name ?? '',
    'involvedObject.uid': involvedObject.uid ?? '',
    'involvedObject.apiVersion': involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': involvedObject.fieldPath ?? '',
    reason: reason ?? '',
    reportingComponent: reportingComponent ?? '',
    source: source?.component || reportingComponent || '',
    type: type ?? '',
  }
}

export function secretFields(object: KubernetesObject): Readonly<Record<string, string>> {
  return { type: (object as Secret).type ?? '' }
}
