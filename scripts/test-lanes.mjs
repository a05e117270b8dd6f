/**
 * The test projects that may run beside each other. Those that share an engine follow one another, for a test that sweeps acts on all of
 * it; the others start child processes, each in directories of their own, or containers that no sweep knows. The quick ones come first.
 */
export const LANES = {
  engine: ['docker', 'kubernetes', 'conformance-docker'],
  processes: ['core', 'scripts', 'process', 'cli', 'emulator', 'aci', 'ecs', 'gke', 'conformance'],
}
