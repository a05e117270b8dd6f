import type { GroupPlan, OwnershipTags } from '@berth/core'
import type { ObjectMetadata } from './cluster/metadata.ts'
import type { Pod, PodContainer, PodSpec } from './cluster/pod.ts'
import type { Service } from './cluster/service.ts'
import { convertContainer } from './convert-container.ts'
import { convertRegistries } from './convert-registries.ts'
import { convertService } from './convert-service.ts'
import { convertVolumes } from './convert-volumes.ts'
import type { KubernetesFlavour } from './kubernetes-flavour.ts'
import { secretKey } from './kubernetes-names.ts'
import type { KubernetesNativeOptions } from './kubernetes-native-options.ts'
import { partAnnotations, partLabels, podAnnotations, type RunPart } from './kubernetes-tags.ts'
import { SecretContents } from './secret-contents.ts'
import { spotAffinity, spotTolerations } from './spot-placement.ts'

/** A Secret as it is written. What is there already is only ever read without its content. */
interface NewSecret extends ObjectMetadata {
  readonly type: 'Opaque' | 'kubernetes.io/dockerconfigjson'
  readonly data: Readonly<Record<string, string>>
}

/** A plan as the objects that it takes. */
export interface ConvertedPlan {
  readonly pod: Pod
  readonly secret: NewSecret | undefined
  readonly service: Service | undefined
}

/**
 * Puts a plan into Kubernetes' words. Reveals its secrets, which go into the run's Secret and nowhere else.
 *
 * @param nativeSidecars whether the cluster ends sidecars by itself when the main container has ended
 * @param spotLabels how the cloud marks nodes that it may take back
 */
export async function convertPlanToKubernetes(
  plan: GroupPlan,
  tags: OwnershipTags,
  {
    nativeSidecars,
    spotLabels,
  }: { readonly nativeSidecars: boolean; readonly spotLabels: KubernetesFlavour['spotLabels'] },
): Promise<ConvertedPlan> {
  const native = (plan.native ?? {}) as KubernetesNativeOptions
  const contents = new SecretContents()
  const planned = [...plan.containers, ...plan.initContainers]
  const [converted, volumes, registries] = await Promise.all([
    Promise.all(planned.map((each, index) => convertContainer(plan, each, index, contents))),
    convertVolumes(plan, contents),
    convertRegistries(plan),
  ])
  if (registries !== undefined) await contents.add(secretKey.registry, registries)
  const of = (role: 'main' | 'sidecar' | 'init') =>
    converted.flatMap(({ container }, index) => (planned[index]?.role === role ? [container] : []))
  const sidecars = nativeSidecars ? of('sidecar').map(startedAgain) : of('sidecar')
  const service = convertService(plan, tags, native)
  const parts: RunPart[] = [
    ...(contents.isEmpty ? [] : (['secret'] as const)),
    ...(service ? (['service'] as const) : []),
  ]
  const pullSecrets = [...(registries === undefined ? [] : [plan.name]), ...(native.imagePullSecrets ?? [])]
  const spec: PodSpec = {
    containers: nativeSidecars ? of('main') : [...of('main'), ...sidecars],
    initContainers: [...of('init'), ...(nativeSidecars ? sidecars : [])],
    volumes: [...volumes, ...converted.flatMap((each) => each.volumes)],
    restartPolicy: RESTART[plan.restart],
    terminationGracePeriodSeconds: Math.ceil(plan.stopGraceInMs / 1_000),
    ...(plan.maxLifetimeInMs !== undefined && {
      activeDeadlineSeconds: Math.max(1, Math.ceil(plan.maxLifetimeInMs / 1_000)),
    }),
    // The addresses of the namespace's Services are no part of what was asked for.
    enableServiceLinks: false,
    automountServiceAccountToken: native.serviceAccountName !== undefined,
    ...placementOf(plan, native, spotLabels),
    ...(pullSecrets.length > 0 && { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
    ...(native.serviceAccountName && { serviceAccountName: native.serviceAccountName }),
    ...(native.securityContext && { securityContext: native.securityContext }),
    ...native.podSpec,
  }
  return {
    pod: {
      metadata: {
        name: plan.name,
        labels: { ...plan.labels, ...partLabels(tags) },
        annotations: { ...native.annotations, ...podAnnotations(plan, tags, parts) },
      },
      spec,
    },
    secret: contents.isEmpty ? undefined : newSecret(plan, tags, contents, registries !== undefined),
    service,
  }
}

const RESTART = { never: 'Never', 'on-failure': 'OnFailure', always: 'Always' } as const

function startedAgain(container: PodContainer): PodContainer {
  return { ...container, restartPolicy: 'Always' }
}

/** Where it may run. */
function placementOf(
  plan: GroupPlan,
  native: KubernetesNativeOptions,
  spotLabels: KubernetesFlavour['spotLabels'],
): object {
  const tolerations = [...(plan.spot ? spotTolerations(spotLabels) : []), ...(native.tolerations ?? [])]
  const nodeSelector = {
    ...(plan.architecture && { 'kubernetes.io/arch': plan.architecture }),
    ...native.nodeSelector,
  }
  const affinity = { ...(plan.spot && spotAffinity(spotLabels)), ...native.affinity }
  return {
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    ...(tolerations.length > 0 && { tolerations }),
    ...(Object.keys(affinity).length > 0 && { affinity }),
    ...(native.topologySpreadConstraints && {
      topologySpreadConstraints: native.topologySpreadConstraints,
    }),
    ...(native.priorityClassName && { priorityClassName: native.priorityClassName }),
    ...(native.runtimeClassName && { runtimeClassName: native.runtimeClassName }),
  }
}

function newSecret(
  plan: GroupPlan,
  tags: OwnershipTags,
  { data }: SecretContents,
  hasRegistries: boolean,
): NewSecret {
  return {
    metadata: { name: plan.name, labels: partLabels(tags), annotations: partAnnotations(tags) },
    type: hasRegistries ? 'kubernetes.io/dockerconfigjson' : 'Opaque',
    data,
  }
}
