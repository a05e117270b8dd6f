import {
  BerthError,
  type CreateContext,
  type Created,
  type GroupPlan,
  NEVER_ABORTED,
  type OwnershipTags,
} from '@berth/core'
import { awaitAnswer } from './await-answer.ts'
import type { ObjectMetadata, OwnerReference } from './cluster/metadata.ts'
import type { Pod } from './cluster/pod.ts'
import type { Service } from './cluster/service.ts'
import { type ConvertedPlan, convertPlanToKubernetes } from './convert-plan-to-kubernetes.ts'
import { type Answered, call, getPod } from './kubernetes-calls.ts'
import { type KubernetesHost, viewOf } from './kubernetes-host.ts'
import { STOPPED } from './kubernetes-names.ts'
import { readExposure, readTags } from './kubernetes-tags.ts'
import { learnOutsideAddresses } from './learn-outside-addresses.ts'
import { isNameTaken } from './map-kubernetes-error.ts'
import { noteMutations } from './note-mutations.ts'
import { observePod } from './observe-pod.ts'
import { rememberPod } from './remember-pod.ts'

const MERGE_PATCH = 'application/merge-patch+json'
/**
 * No cluster is without sidecars that end by themselves with the main container from here on. From 1.29 on they are usual, but a cluster may have
 * them switched off: it leaves the field out without a word, and waits for ever for the sidecar to end.
 */
const NATIVE_SIDECARS_SINCE = 33

/**
 * Makes a run: one call for its Pod. What is secret, and files, go into a Secret that is made before and then belongs to the Pod; who is to be
 * reached by everybody gets a Service that belongs to it from the first.
 */
export async function createPod(
  host: KubernetesHost,
  plan: GroupPlan,
  context: CreateContext,
): Promise<Created> {
  const { signal } = context
  const hasSidecars = plan.containers.length > 1
  const nativeSidecars = hasSidecars && (await host.minorVersion(signal)) >= NATIVE_SIDECARS_SINCE
  const tags = context.tags()
  const expose = plan.expose ?? (await host.exposure())
  const converted = await convertPlanToKubernetes({ ...plan, expose }, tags, {
    nativeSidecars,
    spotLabels: host.flavour.spotLabels,
  })
  const ref = plan.name
  signal.throwIfAborted()
  // What the watch tells of it may come before the answer.
  viewOf(host, ref)
  return await awaitAnswer(ref, signal, async () => {
    const unhurried = { ...context, signal: NEVER_ABORTED }
    const { object: pod, sentAt, receivedAt, existed } = await makeAll(host, ref, converted, tags, unhurried)
    if (readExposure(pod.metadata) === 'local') {
      rememberPod(host, ref, pod)
      await learnOutsideAddresses(host, ref, pod, unhurried)
    }
    if (!existed) {
      // Nothing can have happened to it before it was ordered.
      const notBefore = { kind: 'sighting', earliest: sentAt, source: 'create request' } as const
      context.evidence({ ...notBefore, mark: 'accepted', latest: receivedAt })
      context.evidence({ ...notBefore, mark: 'scheduled' })
    }
    return {
      ref,
      observation: existed ? withoutEvidence(host, ref, pod) : observePod(host, ref, pod, receivedAt),
      existed,
      notes: existed ? [] : noteMutations(converted.pod, pod),
    }
  })
}

interface Made extends Answered<Pod> {
  readonly existed: boolean
}

async function makeAll(
  host: KubernetesHost,
  ref: string,
  { pod, secret, service }: ConvertedPlan,
  tags: OwnershipTags,
  context: CreateContext,
): Promise<Made> {
  if (secret) {
    await makeSecret(host, secret, context)
    context.made()
  }
  const made = await makePod(host, ref, pod, tags, context)
  if (!made.existed) context.made()
  const owner = ownerReference(made.object)
  await Promise.all([
    secret &&
      call(host, context, {
        method: 'PATCH',
        path: await host.path('secrets', ref),
        contentType: MERGE_PATCH,
        body: { metadata: { ownerReferences: [owner] } },
      }),
    service && makeService(host, service, owner, context),
  ])
  const isMissed = Number(made.object.metadata.resourceVersion) < host.watchedFrom
  const newest = isMissed ? await getPod(host, ref, context) : null
  return newest === null ? made : { ...made, object: newest.object, receivedAt: newest.receivedAt }
}

async function makePod(
  host: KubernetesHost,
  ref: string,
  pod: Pod,
  tags: OwnershipTags,
  context: CreateContext,
): Promise<Made> {
  try {
    const made = await call<Pod>(host, context, {
      method: 'POST',
      path: await host.path('pods'),
      body: { apiVersion: 'v1', kind: 'Pod', ...pod },
    })
    return { ...made, existed: false }
  } catch (error) {
    if (!isNameTaken(error)) throw error
    const there = await getPod(host, ref, context)
    const theirs = there && readTags(there.object.metadata)
    // It was there when it was to be made, and is gone by now: making it is worth another try.
    if (there === null || isBeingRemoved(there.object)) {
      throw new BerthError({
        code: 'conflict',
        retryable: true,
        message: `${ref}: a Pod of this name is just being removed; run it again in a moment`,
      })
    }
    if (theirs?.['berth-spec'] !== tags['berth-spec'] || theirs['berth-token'] !== tags['berth-token']) {
      throw new BerthError({
        code: 'conflict',
        message: `${ref}: the namespace has a Pod of this name that was started with another spec; use another token, or remove that run first`,
      })
    }
    return { ...there, existed: theirs['berth-owner'] !== tags['berth-owner'] }
  }
}

/** One that is there already was made for the same token, hence with the same content. */
async function makeSecret(
  host: KubernetesHost,
  secret: ObjectMetadata,
  context: CreateContext,
): Promise<void> {
  try {
    await call(host, context, {
      method: 'POST',
      path: await host.path('secrets'),
      body: { apiVersion: 'v1', kind: 'Secret', ...secret },
    })
  } catch (error) {
    if (!isNameTaken(error)) throw error
  }
}

async function makeService(
  host: KubernetesHost,
  service: Service,
  owner: OwnerReference,
  context: CreateContext,
): Promise<void> {
  try {
    const metadata = { ...service.metadata, ownerReferences: [owner] }
    await call(host, context, {
      method: 'POST',
      path: await host.path('services'),
      body: { apiVersion: 'v1', kind: 'Service', ...service, metadata },
    })
  } catch (error) {
    if (!isNameTaken(error)) throw error
  }
}

/** One that was stopped is being deleted too, as far as the cluster knows. */
function isBeingRemoved({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined && !metadata.finalizers?.includes(STOPPED)
}

function ownerReference({ metadata }: Pod): OwnerReference {
  return { apiVersion: 'v1', kind: 'Pod', name: metadata.name, uid: metadata.uid ?? '' }
}

/** Of a run that was there already its times are not this start's. */
function withoutEvidence(host: KubernetesHost, ref: string, pod: Pod) {
  return { ...observePod(host, ref, pod, performance.now()), evidence: [] }
}
