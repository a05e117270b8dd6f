import type { EmulatorOptions } from '../src/index.ts'

/** A backend on which containers really run, and an image there that has a shell. */
export interface Real {
  readonly kind: 'process' | 'docker'
  readonly image: string
  readonly options: EmulatorOptions
}

const process_: Real = { kind: 'process', image: 'berth/shell', options: options('process') }
const docker: Real = {
  kind: 'docker',
  image: process.env.LAB_IMAGE_BUSYBOX ?? '',
  options: options('docker'),
}

/** docker only where there is an engine. */
export const reals: readonly Real[] = process.env.LAB_DOCKER ? [process_, docker] : [process_]

function options(backend: 'process' | 'docker'): EmulatorOptions {
  // Of this test process alone: others may run an emulator at the same time.
  return { backend, name: `test-${process.pid}` }
}
