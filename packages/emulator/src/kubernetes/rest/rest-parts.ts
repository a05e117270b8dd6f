import type { KubernetesParts } from '../kubernetes-parts.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { ResourceName } from '../objects/objects.ts'
import type { ApiRequest } from './api-request.ts'
import { renderObject } from './render-objects.ts'
import type { Strategies, Strategy } from './strategy.ts'
import { wantedForm } from './wanted-form.ts'

/** What the verbs need. */
export interface RestParts extends KubernetesParts {
  readonly strategies: Strategies
}

export function strategyOf({ strategies }: RestParts, resource: ResourceName): Strategy<KubernetesObject> {
  return (strategies[resource] ?? {}) as Strategy<KubernetesObject>
}

/** An object as this request wants it told. */
export function told(object: KubernetesObject, request: ApiRequest, { world }: RestParts): object {
  const form = wantedForm(request.wire.headers.accept)
  return renderObject(object, request.target.type, form, world.clocks.frontEnd.read())
}
