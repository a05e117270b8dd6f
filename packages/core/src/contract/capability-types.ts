import type { Capabilities } from './capabilities.ts'
import type { SpecFeatures } from './container-spec.ts'

/**
 * A field that the provider's cloud does not have; the type's argument says which cloud and which field. No value has this type, so the
 * compiler's error stands at the field and reads `… is not assignable to type 'Unsupported<"aci does not support gpu">'`.
 */
// The brand has a name and no unique symbol: two copies of this package in one installation are still one type.
export type Unsupported<R extends string> = symbol & { readonly __unsupported: R }

/** How a supported feature stands in capabilities: plain, graded, or as a list of values. */
export type Yes = true | object

/**
 * The capabilities of a provider of whichever cloud, as it comes out of a configuration: known by `name: string`, where an adapter's own
 * are known by a literal. Its specs may ask for everything, which is checked at run time; its runs have only what all runs have.
 */
export type AnyCapabilities = Capabilities

/** The capability that a spec's field needs, where it is not the field's own name. */
interface CapabilityOfField {
  readonly mounts: 'volumes'
}
type CapabilityOf<F extends string> = F extends keyof CapabilityOfField ? CapabilityOfField[F] : F

/** Whether every member of a union of capabilities has the feature. Not distributive on purpose: a race needs it on all. */
export type Has<C, F extends PropertyKey> = [C] extends [Readonly<Record<F, Yes>>] ? true : false

/** The names of those of a union of capabilities that lack a spec's feature. An unknown cloud may have it. */
export type Lacking<C extends Capabilities, F extends string> = C extends Capabilities
  ? string extends C['name']
    ? never
    : C extends Readonly<Record<F, Yes>>
      ? never
      : C['name']
  : never

/** The names of a list of capabilities. */
type ListFeature = 'architecture' | 'restart' | 'expose' | 'volumes'

/** The values of a listed feature that every member of a union of capabilities has. An unknown cloud may have all. */
// A function's parameter is where `infer` intersects instead of uniting.
export type Common<C extends Capabilities, F extends ListFeature> = (
  C extends Capabilities
    ? (value: string extends C['name'] ? Value<Required<Capabilities>, F> : Value<C, F>) => void
    : never
) extends (value: infer V) => void
  ? Extract<V, Value<Required<Capabilities>, F>>
  : never

type Value<C, F extends ListFeature> = C extends { readonly [P in F]: readonly (infer V)[] } ? V : never

/**
 * The feature fields of a spec: open where supported, branded with the reason where not. An unknown cloud's take the brand too, although
 * nothing has that type: so the spec of any one cloud is one of an unknown cloud's, and any `Provider<C>` an `AnyProvider`.
 */
export type FeatureFields<C extends Capabilities> = {
  readonly [F in keyof SpecFeatures<C>]?:
    | ([Lacking<C, CapabilityOf<F>>] extends [never]
        ? SpecFeatures<C>[F] | (string extends C['name'] ? Unsupported<string> : never)
        : Unsupported<`${Lacking<C, CapabilityOf<F>>} does not support ${F}`>)
    | undefined
}

/**
 * `spec.options`: the adapters' own fields, by the adapter's name. An adapter declares the type of its own as `native` in the interface of
 * its capabilities; there is no value behind it:
 *
 * ```ts
 * export interface EcsCapabilities extends Readonly<typeof capabilities> {
 *   readonly native?: { readonly taskRoleArn?: string | undefined }
 * }
 * ```
 *
 * Options of other adapters may stand beside it, for a spec that several clouds run in turn.
 */
export type OptionsFields<C extends Capabilities> = {
  readonly [N in C as string extends N['name'] ? never : N['name']]?: OwnOptions<N> | undefined
} & { readonly [adapter: string]: unknown }

type OwnOptions<C extends Capabilities> = 'native' extends keyof C
  ? NonNullable<C['native']>
  : Unsupported<`${C['name']} has no options of its own`>
