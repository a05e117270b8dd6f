import type { Capabilities } from '../contract/capabilities.ts'
import type { SpecFeatures } from '../contract/container-spec.ts'
import type { Field } from './field.ts'

/** The capability that each field of a spec needs. */
const NEEDS: ReadonlyMap<string, keyof Capabilities> = new Map(
  Object.entries({
    architecture: 'architecture',
    restart: 'restart',
    expose: 'expose',
    volumes: 'volumes',
    mounts: 'volumes',
    files: 'files',
    sidecars: 'sidecars',
    initContainers: 'initContainers',
    health: 'health',
    user: 'user',
    registry: 'registry',
    gpu: 'gpu',
    spot: 'spot',
    regions: 'regions',
  } satisfies { readonly [F in keyof SpecFeatures<Capabilities>]: keyof Capabilities }),
)

/** Refuses what a spec asks for and its cloud does not have, sidecars and init containers included. */
export function checkCapabilities(spec: Field, capabilities: Capabilities): void {
  checkPart(spec, capabilities)
  for (const key of ['sidecars', 'initContainers']) {
    spec.read(key, (group) => {
      for (const part of group.branches()) checkPart(part, capabilities)
    })
  }
}

function checkPart(part: Field, capabilities: Capabilities): void {
  for (const name of part.keys()) {
    const capability = NEEDS.get(name)
    if (capability === undefined || !part.has(name) || isSupported(capabilities[capability])) continue
    part
      .at(name)
      .refuseUnsupported(
        `${capabilities.name} does not support ${name}; leave it out, or run on a cloud that has it`,
      )
  }
  if (capabilities.publish) return
  for (const port of part.at('ports').branches()) {
    port.read('publish', (publish) =>
      publish.refuseUnsupported(
        `${capabilities.name} does not support publish: its ports cannot be given a number outside; leave it out and read run.address()`,
      ),
    )
  }
}

/** Whether a capability is there; a list without values is none. */
export function isSupported(capability: unknown): boolean {
  return Array.isArray(capability)
    ? capability.length > 0
    : capability === true || typeof capability === 'object'
}
