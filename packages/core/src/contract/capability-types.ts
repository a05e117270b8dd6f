import type { Capabilities } from './capabilities.ts'
import type { SpecFeatures } from './container-spec.ts'

/** A field that the provider's cloud does not have. The name says which cloud and which field. */
export type Unsupported<R extends string> = symbol & { readonly __unsupported: R }

/** How a supported feature stands in capabilities: plain, graded, or as a list of values. */
export type Yes = true | object

/** The capability that a spec's field needs, where it is not the field's own name. */
export interface FieldCapability {
  readonly mounts: 'volumes'
}
type CapabilityOf<F extends PropertyKey> = F extends keyof FieldCapability ? FieldCapability[F] : F

/** Whether every member of a union of capabilities has the feature. Not distributive on purpose: a race needs it on all. */
export type Has<C, F extends PropertyKey> = [C] extends [Readonly<Record<F, Yes>>] ? true : false

/** The names of those that lack the feature. */
export type Lacking<C extends Capabilities, F extends string> =
  C extends Readonly<Record<F, Yes>> ? never : C['name']

/** The values of a listed feature that every member of a union of capabilities has. */
export type Common<C, F extends string> = (
  C extends { readonly [P in F]: readonly (infer V)[] }
    ? (v: V) => void
    : (v: never) => void
) extends (v: infer V) => void
  ? V
  : never

/** The feature fields of a spec: open where supported, branded with the reason where not. */
export type FeatureFields<C extends Capabilities> = {
  readonly [F in keyof SpecFeatures<C>]?:
    | (Has<C, CapabilityOf<F>> extends true
        ? SpecFeatures<C>[F]
        : Unsupported<`${Lacking<C, CapabilityOf<F>>} does not support ${F}`>)
    | undefined
}

/** Capabilities whose spec fields are all there and whose run methods are not: what a provider of unknown cloud offers. */
export interface AnyCapabilities extends Capabilities {
  readonly volumes: NonNullable<Capabilities['volumes']>
  readonly files: NonNullable<Capabilities['files']>
  readonly sidecars: true
  readonly initContainers: true
  readonly health: true
  readonly user: true
  readonly publish: true
  readonly registry: true
  readonly gpu: true
  readonly spot: true
  readonly regions: true
  readonly secretRef: true
  readonly logs?: never
  readonly exec?: never
  readonly attach?: never
  readonly portForward?: never
  readonly copy?: never
  readonly restartRun?: never
  readonly metrics?: never
}

/** `spec.options`: an adapter declares the type of its own in a `native` member of its capabilities interface. */
export type OptionsFields<C extends Capabilities> = string extends C['name']
  ? Readonly<Record<string, unknown>>
  : { readonly [N in C as N['name']]?: N extends { readonly native?: infer O } ? O : never }
