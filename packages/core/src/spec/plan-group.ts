import type { GroupPlan, OwnershipTags, PlannedContainer } from '../contract/group-plan.ts'
import type { Lifetime } from '../contract/lifetime.ts'
import { expiresTag, expiryFrom, lifetimeTag } from '../lease/lifetime-tags.ts'
import { checkCapabilities } from './check-capabilities.ts'
import { checkFileSizes } from './check-file-sizes.ts'
import { checkGroupPorts } from './check-group-ports.ts'
import { checkKnownKeys, mustBeSpec } from './check-known-keys.ts'
import { checkReady } from './check-ready.ts'
import { checkSecretPlaces } from './check-secret-places.ts'
import { Field } from './field.ts'
import { findSecrets } from './find-secrets.ts'
import { hashSpec } from './hash-spec.ts'
import { hashToken } from './hash-token.ts'
import { nameGroup } from './name-group.ts'
import { checkPartName } from './part-name.ts'
import { type ContainerContext, planContainer } from './plan-container.ts'
import type { PlanContext } from './plan-context.ts'
import { planLabels } from './plan-labels.ts'
import { planLifetime, SCOPE } from './plan-lifetime.ts'
import { planNative } from './plan-native.ts'
import { planPlacement } from './plan-placement.ts'
import { planVolumes } from './plan-volumes.ts'
import { Problems } from './problems.ts'
import { resolveSecrets } from './resolve-secrets.ts'

/** All of a plan that comes from the spec alone, and what only its hash and tags need. */
interface Asked extends Omit<GroupPlan, 'name' | 'token' | 'tags' | 'region'> {
  readonly regions: readonly string[]
  readonly writtenName: string | undefined
  readonly lifetime: Lifetime
  readonly ready: unknown
}

/** Plans a spec that nobody changes meanwhile: see the package's own `planGroup`. */
export async function planGroup(spec: unknown, context: PlanContext): Promise<GroupPlan> {
  mustBeSpec(spec)
  if (typeof context.token !== 'string' || context.token === '') {
    throw new TypeError('token: must be a text that is not empty; leave it out for a new one each time')
  }
  const problems = new Problems()
  const field = new Field(spec, problems)
  const throwIfAny = () => problems.throwIfAny(`the spec for '${context.providerName}'`, context.providerName)

  const secrets = findSecrets(field, context.capabilities.name)
  throwIfAny()
  checkSecretPlaces(secrets)
  const { writtenName, lifetime, ready, ...planned } = readSpec(field, context)
  throwIfAny()
  if (secrets.length > 0) await resolveSecrets(secrets)
  throwIfAny()
  for (const container of [...planned.containers, ...planned.initContainers]) {
    if (container.files.length > 0) {
      await checkFileSizes(fieldOf(field, container), container, context.capabilities)
    }
  }
  throwIfAny()

  const [main] = planned.containers
  const tokenHash = hashToken(context.token)
  const name = nameGroup(writtenName, main?.image ?? '', tokenHash)
  const hash = await hashSpec({ ...planned, writtenName, lifetime, ready }, context.token)
  const { regions, ...group } = planned
  const tags = makeTags({ name, hash, tokenHash, lifetime }, context)
  return { ...group, region: regions[0], name, token: context.token, tags }
}

function readSpec(field: Field, context: PlanContext): Asked {
  checkKnownKeys(field)
  checkCapabilities(field, context.capabilities)
  const volumes = field.read('volumes', (each) => planVolumes(each, context)) ?? {}
  // By the names as written: a volume that is wrong itself is still there to be mounted.
  const inner: ContainerContext = { ...context, volumes: field.read('volumes', (each) => each.keys()) ?? [] }
  const parts = (role: 'sidecar' | 'init') =>
    field.read(KEY_OF[role], (each) => planParts(each, role, inner)) ?? []
  const containers = [planContainer(field, 'main', 'main', inner), ...parts('sidecar')]
  const initContainers = parts('init')
  checkPartNames(field, initContainers)
  checkGroupPorts((container) => fieldOf(field, container), containers, context.capabilities)
  const ready = field.read('ready', (each) => {
    checkReady(each, { capabilities: context.capabilities, containers, initContainers })
    return each.value
  })
  const { lifetime, maxLifetimeInMs } = field.read('lifetime', planLifetime) ?? SCOPE
  return {
    writtenName: field.read('name', readName),
    lifetime,
    ready,
    labels: field.read('labels', planLabels) ?? {},
    containers,
    initContainers,
    volumes,
    ...planPlacement(field, context),
    maxLifetimeInMs,
    native: field.read('options', (each) => planNative(each, context.capabilities.name)),
  }
}

/** Any text is a name; `nameGroup` makes it fit. */
function readName(field: Field): string | undefined {
  return typeof field.value === 'string'
    ? field.value
    : field.refuse(`${field.shown} is no text; write a name, such as 'web'`)
}

function planParts(field: Field, role: 'sidecar' | 'init', context: ContainerContext): PlannedContainer[] {
  const planned: PlannedContainer[] = []
  for (const [name, part] of field.entries("containers by name: { proxy: { image: 'nginx:1' } }")) {
    if (name === 'main') part.refuse("is the main container's name; choose another")
    else if (checkPartName(name, part) && part.mustBeObject("a container: { image: 'nginx:1' }")) {
      planned.push(planContainer(part, name, role, context))
    }
  }
  return planned
}

function checkPartNames(field: Field, initContainers: readonly PlannedContainer[]): void {
  for (const container of initContainers) {
    if (field.at(KEY_OF.sidecar).has(container.name)) {
      fieldOf(field, container).refuse('is the name of a sidecar too; choose another')
    }
  }
}

const KEY_OF = { sidecar: 'sidecars', init: 'initContainers' } as const

/** Where a planned container stands in the spec. */
function fieldOf(spec: Field, { name, role }: PlannedContainer): Field {
  return role === 'main' ? spec : spec.at(KEY_OF[role]).at(name)
}

interface Tagged {
  readonly name: string
  readonly hash: string
  readonly tokenHash: string
  readonly lifetime: Lifetime
}

function makeTags(
  { name, hash, tokenHash, lifetime }: Tagged,
  { owner, leaseInMs, nowInMs = Date.now() }: PlanContext,
): OwnershipTags {
  return {
    'berth-run': name,
    'berth-owner': owner,
    'berth-expires': expiresTag(expiryFrom(nowInMs, lifetime, leaseInMs)),
    'berth-token': tokenHash,
    'berth-spec': hash,
    'berth-lifetime': lifetimeTag(lifetime),
  }
}
