import type { AnyProvider, CapabilitiesOf, ContainerRun, ContainerSpec } from '../../src/index.ts'

/** Takes what all of the providers take, and gives what all of their runs have. Only its type matters here. */
export declare function race<const P extends readonly AnyProvider[]>(
  providers: P,
  spec: ContainerSpec<CapabilitiesOf<P[number]>>,
): Promise<ContainerRun<CapabilitiesOf<P[number]>>>
