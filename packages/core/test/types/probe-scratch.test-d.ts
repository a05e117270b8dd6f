import type { AnyProvider, Capabilities, Provider, ContainerSpec, AnyCapabilities } from '../../src/index.ts'
const data = {
  name: 'docker', architecture: ['amd64'], restart: ['never'], expose: ['local'], volumes: ['empty', 'named'],
  files: { secret: true, maxBytes: 1 }, logs: { follow: 'native', streams: 'separate', times: true, previous: false },
  exec: { exitCode: 'native', stderr: 'separate', stdin: true, tty: true }, ports: 'mapped', maxLifetime: 'sweep', exitCode: 'native', groupNetwork: 'localhost',
} as const satisfies Capabilities
export interface D extends Readonly<typeof data> {}
declare const p: Provider<D>
export const any: AnyProvider = p
declare const s: ContainerSpec<D>
export const t: ContainerSpec<AnyCapabilities> = s
