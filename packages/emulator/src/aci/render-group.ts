import type { AciDialect } from './aci-dialect.ts'
import type { AciParts } from './aci-parts.ts'
import type { ContainerGroup } from './container-group.ts'
import type { ContainerLife } from './container-life.ts'
import { renderState } from './container-state.ts'
import type { ContainerBody } from './group-body.ts'
import { groupState } from './group-state.ts'
import { hideSecrets } from './hide-secrets.ts'
import { renderAddress } from './render-address.ts'

export interface RenderOptions {
  /** Of the request: what is told depends on it. */
  readonly apiVersion: string
  /** Lists are told without. */
  readonly withInstanceView: boolean
}

// The versions since which answers tell these, whether anyone asked for them or not.
const SKU_SINCE = '2019-12-01'
const INIT_CONTAINERS_SINCE = '2019-12-01'
const TIMEOUT_SINCE = '2023-05-01'

/** A group as ACI tells it, field by field in the order of the recordings. */
export function renderGroup(
  group: ContainerGroup,
  { dialect, limits, world }: Pick<AciParts, 'dialect' | 'limits' | 'world'>,
  { apiVersion, withInstanceView }: RenderOptions,
): object {
  const { containers = [], initContainers = [], ipAddress: _, sku, ...others } = hideSecrets(group.properties)
  const life = group.life ?? group.lastLife
  const view = (body: ContainerBody, lives: readonly ContainerLife[] | undefined) =>
    renderContainer(
      body,
      withInstanceView ? lives?.find(({ name }) => name === body.name) : undefined,
      dialect,
    )
  return {
    properties: {
      ...(apiVersion >= SKU_SINCE && { sku }),
      ...(group.provisioningState && { provisioningState: group.provisioningState }),
      ...(apiVersion >= TIMEOUT_SINCE && {
        provisioningTimeoutInSeconds: limits.provisioningInMs / 1_000,
        isCustomProvisioningTimeout: false,
      }),
      containers: containers.map((body) => view(body, life?.containers)),
      ...(apiVersion >= INIT_CONTAINERS_SINCE && {
        initContainers: initContainers.map((body) => view(body, life?.initContainers)),
      }),
      ...others,
      ...renderAddress(group, dialect, world.time),
      ...(withInstanceView && {
        instanceView: { events: life?.events.render() ?? [], state: groupState(group) },
      }),
    },
    ...(group.identity && { identity: group.identity }),
    id: group.id,
    name: group.name,
    type: 'Microsoft.ContainerInstance/containerGroups',
    location: group.location,
    ...(group.zones && { zones: group.zones }),
    tags: group.tags,
  }
}

function renderContainer(body: ContainerBody, life: ContainerLife | undefined, dialect: AciDialect): object {
  const { image, command, ports, environmentVariables, ...others } = body.properties ?? {}
  return {
    name: body.name,
    properties: {
      image,
      ...(command && { command }),
      ...(ports && { ports }),
      ...(environmentVariables && { environmentVariables }),
      // Nothing is told of a container before its node has told something.
      ...(life && !life.events.isEmpty && { instanceView: instanceView(life, dialect) }),
      ...others,
    },
  }
}

function instanceView(life: ContainerLife, dialect: AciDialect): object {
  const { containerTimes } = dialect
  return {
    restartCount: life.restartCount,
    currentState: renderState(life.current, containerTimes),
    ...(life.previous && { previousState: renderState(life.previous, containerTimes) }),
    ...(dialect.events !== 'absent' && { events: dialect.events === 'empty' ? [] : life.events.render() }),
  }
}
