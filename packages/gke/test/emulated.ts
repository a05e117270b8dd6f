import { type Emulator, type EmulatorOptions, startEmulator } from '@berth/emulator'
import { afterAll, beforeAll } from 'vitest'

const VARIABLES = /^(?:GOOGLE_|CLOUDSDK_)/

/** An emulated project whose clusters really run Pods, as child processes. This process is pointed at it. */
export function useEmulatedGke(
  name: string,
  options: EmulatorOptions = {},
): { readonly emulator: () => Emulator } {
  let emulator: Emulator
  const before = Object.entries(process.env).filter(([key]) => VARIABLES.test(key))
  beforeAll(async () => {
    emulator = await startEmulator({
      services: ['gke'],
      backend: 'process',
      name: `gke-${name}`,
      tls: false,
      ...options,
    })
    Object.assign(process.env, emulator.environment)
  })
  afterAll(async () => {
    for (const key of Object.keys(process.env)) if (VARIABLES.test(key)) delete process.env[key]
    Object.assign(process.env, Object.fromEntries(before))
    await emulator.close()
  })
  return { emulator: () => emulator }
}
