import type { Architecture, CallContext, FindQuery, Found, OwnershipTags } from '@berth/core'
import type { ObjectMetadata } from './cluster/metadata.ts'
import type { Pod, PodContainer } from './cluster/pod.ts'
import { type Answered, listParts, listPods } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { MAIN } from './kubernetes-names.ts'
import { RUN_LABEL, readExposure, readTags, readUserLabels } from './kubernetes-tags.ts'
import { dateOf } from './kubernetes-time.ts'
import { learnOutsideAddresses } from './learn-outside-addresses.ts'
import { observePod } from './observe-pod.ts'
import { amountOf } from './quantity.ts'
import { toleratesSpot } from './spot-placement.ts'

/** What there is of one run. */
interface Parts {
  pod: Answered<Pod> | undefined
  readonly others: { readonly kind: 'secret' | 'service'; readonly metadata: ObjectMetadata['metadata'] }[]
}

/** Every run of ours by its labels, in three calls however many there are: a start that was broken off may have left no more than a Secret. */
export async function* findPods(
  host: KubernetesHost,
  query: FindQuery,
  context: CallContext,
): AsyncGenerator<Found> {
  const selector = selectorFor(query)
  if (selector === undefined) return
  const [pods, secrets, services] = await Promise.all([
    listPods(host, selector, context),
    listParts(host, 'secrets', selector, context),
    listParts(host, 'services', selector, context),
  ])
  const runs = new Map<string, Parts>()
  const partsOf = ({ metadata }: ObjectMetadata): Parts => {
    const ref = metadata.labels?.[RUN_LABEL] || metadata.name
    const parts = runs.get(ref) ?? { pod: undefined, others: [] }
    runs.set(ref, parts)
    return parts
  }
  for (const pod of pods.object.items ?? []) partsOf(pod).pod = { ...pods, object: pod }
  for (const secret of secrets) partsOf(secret).others.push({ kind: 'secret', metadata: secret.metadata })
  for (const service of services)
    partsOf(service).others.push({ kind: 'service', metadata: service.metadata })
  for (const [ref, parts] of runs) {
    const found = await foundOf(host, ref, parts, query, context)
    if (found) yield found
  }
}

/** Undefined for a name that nothing of ours can have, and no selector can ask for. */
function selectorFor({ ref, name, tokenHash }: FindQuery): string | undefined {
  const run = ref ?? name
  if (run !== undefined && !/^[a-z0-9](?:[-a-z0-9.]{0,61}[a-z0-9])?$/i.test(run)) return undefined
  return [
    run === undefined ? RUN_LABEL : `${RUN_LABEL}=${run}`,
    ...(tokenHash === undefined ? [] : [`berth-token=${tokenHash}`]),
  ].join(',')
}

async function foundOf(
  host: KubernetesHost,
  ref: string,
  { pod, others }: Parts,
  query: FindQuery,
  context: CallContext,
): Promise<Found | undefined> {
  const metadata = pod?.object.metadata ?? others[0]?.metadata
  const tags = metadata && readTags(metadata)
  if (metadata === undefined || tags === undefined) return undefined
  const parts = [
    ...(pod ? [`pod ${pod.object.metadata.name}`] : []),
    ...others.map((other) => `${other.kind} ${other.metadata.name}`),
  ]
  const createdAt = dateOf(metadata.creationTimestamp) ?? new Date(0)
  if (pod === undefined) return orphan(ref, tags, createdAt, parts)
  const { object, receivedAt } = pod
  // Whoever asks for this one means to use it.
  const isSingle = query.ref !== undefined || query.name !== undefined
  if (isSingle || readExposure(metadata) === 'public') await learnOutsideAddresses(host, ref, object, context)
  const main = object.spec.containers.find(({ name }) => name === MAIN)
  return {
    ref,
    tags,
    labels: readUserLabels(metadata),
    createdAt,
    image: main?.image,
    tcpPorts: portsOf(main).flatMap(({ port, protocol }) => (protocol === 'tcp' ? [port] : [])),
    priced: {
      containers: [...object.spec.containers, ...sidecarsOf(object)].map((container) => ({
        cpu: amountOf(container.resources?.requests?.cpu),
        memoryInBytes: amountOf(container.resources?.requests?.memory),
        ports: portsOf(container),
      })),
      spot: toleratesSpot(object.spec, host.flavour.spotLabels),
      architecture: object.spec.nodeSelector?.['kubernetes.io/arch'] as Architecture | undefined,
      expose: readExposure(metadata),
      region: undefined,
    },
    observation: observePod(host, ref, object, receivedAt),
    complete: true,
    parts,
  }
}

/** What a start that was broken off has left. */
function orphan(ref: string, tags: OwnershipTags, createdAt: Date, parts: readonly string[]): Found {
  return {
    ref,
    tags,
    labels: {},
    createdAt,
    image: undefined,
    tcpPorts: [],
    priced: { containers: [], spot: false, architecture: undefined, expose: undefined, region: undefined },
    observation: { ref, phase: 'pending', containers: {}, addresses: [], events: [], evidence: [] },
    complete: false,
    parts,
  }
}

/** Native ones, which run beside the main container. */
function sidecarsOf({ spec }: Pod): readonly PodContainer[] {
  return (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')
}

function portsOf({ ports = [] }: Partial<PodContainer> = {}) {
  return ports.map(({ containerPort, protocol }) => ({
    port: containerPort,
    protocol: protocol === 'UDP' ? ('udp' as const) : ('tcp' as const),
    publish: undefined,
  }))
}
