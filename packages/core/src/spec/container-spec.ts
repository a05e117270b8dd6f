import type { ContainerSpec, Sealed, UnknownFields } from '../contract/container-spec.ts'
import { refuseUnknownKeys } from './check-known-keys.ts'

/**
 * A spec that is written once and used with several providers: it remembers in its type what it asks for, so that each `run()` still tells
 * what its cloud lacks. (`const spec: ContainerSpec = …` forgets it, and fits only an `AnyProvider`.)
 *
 * Throws `invalid-spec` for a key that no spec has, TypeError for what is no object.
 */
export function containerSpec<const S extends ContainerSpec & UnknownFields<S>>(spec: S): Sealed<S> {
  refuseUnknownKeys(spec)
  return spec as Sealed<S>
}
